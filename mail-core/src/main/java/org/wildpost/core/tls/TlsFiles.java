// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.tls;

import java.nio.file.Path;

/**
 * Where an instance has its certificate.
 *
 * @param certificate the chain in PEM, the server's own first
 * @param key         its private key in PEM, without a password
 */
public record TlsFiles(Path certificate, Path key) {
    /** The files of a data folder. */
    public static TlsFiles in(Path dataFolder) {
        return new TlsFiles(dataFolder.resolve("tls/certificate.pem"), dataFolder.resolve("tls/key.pem"));
    }
}
