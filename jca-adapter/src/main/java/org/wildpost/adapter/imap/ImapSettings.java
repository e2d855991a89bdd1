// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.nio.file.Path;

/**
 * What one IMAP service is told.
 *
 * @param hostname            the name in the greeting
 * @param spoolDirectory      where large messages wait in temporary files
 * @param allowPlaintextLogin whether passwords may cross without TLS; for tests only
 * @param limits              what a client may ask for
 */
public record ImapSettings(String hostname, Path spoolDirectory, boolean allowPlaintextLogin, ImapLimits limits) {
    ImapSettings withHostname(String name) {
        return new ImapSettings(name, spoolDirectory, allowPlaintextLogin, limits);
    }
}
