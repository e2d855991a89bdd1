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
 * When the file cannot be written the rest is taken all the same and lost, for who sends it must come to its end to hear of that; {@link #finish()} says so.
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
    private @org.jspecify.annotations.Nullable IOException failure;
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
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (failure == null) {
            try {
                keep(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
            }
        }
        size += length;
    }

    private void keep(byte[] bytes, int offset, int length) throws IOException {
        sha256.update(bytes, offset, length);
        if (fileOut == null && size + length > threshold) {
            beginFile();
        }
        if (fileOut != null) {
            fileOut.write(bytes, offset, length);
            return;
        }
        int needed = (int) size + length;
        if (needed > memory.length) {
            memory = Arrays.copyOf(memory, Math.max(needed, Math.min(memory.length * 2, threshold)));
        }
        System.arraycopy(bytes, offset, memory, (int) size, length);
    }

    /**
     * Ends the message; the caller closes what it gets.
     *
     * @throws IOException when something of it could not be written
     */
    public SpooledMessage finish() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (fileOut != null) {
            fileOut.close();
        }
        finished = true;
        return new SpooledMessage(file == null ? Arrays.copyOf(memory, (int) size) : null, file, size, sha256.digest());
    }

    @Override
    public void close() throws IOException {
        try {
            if (!finished && fileOut != null) {
                fileOut.close();
            }
        } finally {
            if (!finished && file != null) {
                Files.deleteIfExists(file);
            }
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
