// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The finished bytes of one message, with canonical CRLF line ends, in memory or in a temporary file that goes with {@link #close()}.
 * Safe to read from several threads; closed once, by who made it.
 */
public final class SpooledMessage implements AutoCloseable {
    private final byte @Nullable [] memory;
    private final @Nullable Path file;
    private final long size;
    private final byte[] sha256;

    SpooledMessage(byte @Nullable [] memory, @Nullable Path file, long size, byte[] sha256) {
        this.memory = memory;
        this.file = file;
        this.size = size;
        this.sha256 = sha256;
    }

    /** A message that is already in memory; the array is not copied and must not change. */
    public static SpooledMessage of(byte[] bytes) {
        try (Spool spool = new Spool(Path.of("."), Integer.MAX_VALUE)) {
            spool.write(bytes, 0, bytes.length);
            return spool.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Octets of the message. */
    public long size() {
        return size;
    }

    /** SHA-256 over all octets. */
    public byte[] sha256() {
        return sha256.clone();
    }

    /** Whether the bytes are in memory, so that {@link #open()} costs no file. */
    public boolean inMemory() {
        return memory != null;
    }

    /** A fresh stream over all octets; the caller closes it. */
    public InputStream open() throws IOException {
        if (memory != null) {
            return new ByteArrayInputStream(memory);
        }
        if (file == null) {
            throw new IOException("the spooled message was closed");
        }
        return Spool.open(file);
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
