// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The one folder that holds everything of an instance; held by one launcher at a time. */
final class DataFolder implements AutoCloseable {
    private final Path root;
    private final FileChannel lockFile;

    private DataFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder and what belongs into it, and locks it.
     *
     * @throws StartFailure when it cannot be written or another instance has it
     */
    static DataFolder open(Path root) throws StartFailure {
        try {
            Files.createDirectories(root);
            for (String name : new String[] {"log", "run", "server", "spool", "tls", "postgresql"}) {
                Path folder = root.resolve(name);
                if (!Files.isDirectory(folder)) {
                    Files.createDirectory(
                            folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                }
            }
            FileChannel channel =
                    FileChannel.open(root.resolve("run/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new StartFailure("the data folder '" + root
                        + "' is in use by another instance: stop that, or choose another folder with WILDPOST_DATA");
            }
            return new DataFolder(root, channel);
        } catch (IOException e) {
            throw new StartFailure(
                    "the data folder '" + root + "' cannot be written (" + reason(e)
                            + "): give its user the right to, or choose another with WILDPOST_DATA",
                    e);
        }
    }

    Path resolve(String name) {
        return root.resolve(name);
    }

    /** Writes a file that only its owner can read. */
    static void writePrivate(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, content);
        Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException denied -> "permission denied: " + denied.getFile();
            case java.nio.file.FileAlreadyExistsException exists -> "it is not a folder: " + exists.getFile();
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            // The lock goes with the process anyway.
            System.getLogger("org.wildpost.launcher").log(System.Logger.Level.DEBUG, "closing the lock", e);
        }
    }
}
