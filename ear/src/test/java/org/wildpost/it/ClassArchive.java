// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The archive of classes that a server leaves in its data folder when it stops, and that its next start uses: servers of the tests, each of which has a new
 * folder, hand it on, so that they start as fast as one that started before. A virtual machine that finds it wanting does without.
 */
final class ClassArchive {
    private static final String NAME = "run/classes.jsa";

    /** Octets that a disk must have free. */
    private static final long ROOM = 4L << 30;

    private ClassArchive() {}

    /** Keeps what a server left, if it is the first. */
    static synchronized void keep(Path work, Path data) {
        Path left = data.resolve(NAME);
        Path kept = work.resolve("classes.jsa");
        try {
            if (Files.isReadable(left) && !Files.exists(kept)) {
                Files.copy(left, kept);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a server what another one left, unless it has something of its own or its folder shall not be there. */
    static synchronized void lend(Path work, Path data) throws IOException {
        Path kept = work.resolve("classes.jsa");
        Path own = data.resolve(NAME);
        Path parent = data.getParent();
        if (!Files.exists(kept) || Files.exists(own) || parent == null || !Files.isDirectory(parent)) {
            return;
        }
        // Not to a test of a small disk.
        if (Files.getFileStore(parent).getUsableSpace() > ROOM) {
            Files.createDirectories(
                    own.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.copy(kept, own);
        }
    }
}
