// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where messages that are too large for memory stand while they are worked on. */
public final class SpoolFolder {
    private SpoolFolder() {}

    /** The folder of this server's data, as the launcher made it; the system's own for temporary files where there is none. */
    public static Path path() {
        Path spool = Path.of(System.getProperty("wildpost.data", "data"), "spool");
        return Files.isDirectory(spool) ? spool : Path.of(System.getProperty("java.io.tmpdir"));
    }
}
