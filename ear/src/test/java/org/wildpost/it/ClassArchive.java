// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The archive of classes that a server leaves in its data folder when it stops, and that its next start uses: servers of the tests, each of which has a new
 * folder, hand it on, so that they start as fast as one that started before. A virtual machine that finds it wanting does without.
 */
final class ClassArchive {
    private static final String NAME = "run/classes.jsa";

    /** Octets that a disk must have free. */
    private static final long ROOM = 4L << 30;

    private static boolean asked;

    private ClassArchive() {}

    /** Where all virtual machines that run tests have it. */
    private static Path kept(Path work) {
        return work.resolveSibling("classes.jsa");
    }

    /**
     * Makes it before the first server of a run, by one that is started and stopped: many tests kill theirs, which leave none. One virtual machine does
     * so, and the others begin without it.
     */
    static synchronized void prepare(Path work) throws IOException {
        if (asked) {
            return;
        }
        asked = true;
        try (FileChannel lock = FileChannel.open(
                        work.resolveSibling("classes.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock.tryLock()) {
            if (held != null && !Files.exists(kept(work))) {
                Path folder = Files.createTempDirectory(work, "first-");
                Instance.start(folder.resolve("data"), Instance.freeOffset(), Map.of())
                        .close();
            }
        }
    }

    /** Keeps what a server left, if it is the first. */
    static synchronized void keep(Path work, Path data) {
        Path left = data.resolve(NAME);
        Path kept = kept(work);
        try {
            if (Files.isReadable(left) && !Files.exists(kept)) {
                Path copy = Files.createTempFile(work, "classes-", ".jsa");
                Files.copy(left, copy, StandardCopyOption.REPLACE_EXISTING);
                Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a server what another one left, unless it has something of its own or its folder shall not be there. */
    static synchronized void lend(Path work, Path data) throws IOException {
        Path kept = kept(work);
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
