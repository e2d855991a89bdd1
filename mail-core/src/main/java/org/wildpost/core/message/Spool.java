// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Takes the bytes of one message from the wire: in memory up to a threshold, then in a temporary file; hashed on the way.
 * For one thread. Closing without {@link #finish()} throws everything away.
 */
public final class Spool extends OutputStream {
    /** Octets kept in memory before a temporary file is begun. */
    public static final int DEFAULT_MEMORY_THRESHOLD = 256 * 1024;

    private static final int FIRST_BUFFER = 8 * 1024;

    private final Path directory;
    private final int threshold;
    private final MessageDigest sha256 = sha256();
    private byte[] memory = new byte[FIRST_BUFFER];
    private long size;
    private @org.jspecify.annotations.Nullable Path file;
    private @org.jspecify.annotations.Nullable OutputStream fileOut;
    private boolean finished;

    /**
     * @param directory where a temporary file may be made
     * @param threshold octets kept in memory before that
     */
    public Spool(Path directory, int threshold) {
        this.directory = directory;
        this.threshold = threshold;
    }

    /** Octets taken so far. */
    public long size() {
        return size;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        sha256.update(bytes, offset, length);
        if (fileOut == null && size + length > threshold) {
            beginFile();
        }
        if (fileOut != null) {
            fileOut.write(bytes, offset, length);
        } else {
            int needed = (int) size + length;
            if (needed > memory.length) {
                memory = Arrays.copyOf(memory, Math.max(needed, Math.min(memory.length * 2, threshold)));
            }
            System.arraycopy(bytes, offset, memory, (int) size, length);
        }
        size += length;
    }

    /** Ends the message; the caller closes what it gets. */
    public SpooledMessage finish() throws IOException {
        if (fileOut != null) {
            fileOut.close();
        }
        finished = true;
        return new SpooledMessage(file == null ? Arrays.copyOf(memory, (int) size) : null, file, size, sha256.digest());
    }

    @Override
    public void close() throws IOException {
        if (!finished && fileOut != null) {
            fileOut.close();
        }
        if (!finished && file != null) {
            Files.deleteIfExists(file);
        }
    }

    private void beginFile() throws IOException {
        file = Files.createTempFile(directory, "message-", ".spool");
        fileOut = Files.newOutputStream(file, StandardOpenOption.WRITE);
        fileOut.write(memory, 0, (int) size);
        memory = new byte[0];
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static InputStream open(Path file) throws IOException {
        return Files.newInputStream(file);
    }
}
