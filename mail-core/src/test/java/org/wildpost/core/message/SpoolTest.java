// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
    private static final int THRESHOLD = 1000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1000, 1001, 100_000})
    void givesBackEveryOctetAndItsHash(int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);

        try (SpooledMessage message = spool(bytes);
                InputStream in = message.open()) {
            assertThat(message.size()).isEqualTo(size);
            assertThat(in.readAllBytes()).isEqualTo(bytes);
            assertThat(message.sha256())
                    .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
        }
        assertThat(files()).isZero();
    }

    @Test
    void staysInMemoryUpToTheThreshold() throws IOException {
        try (SpooledMessage message = spool(new byte[THRESHOLD])) {
            assertThat(message.inMemory()).isTrue();
            assertThat(files()).isZero();
        }
    }

    @Test
    void goesToOneFilePastTheThreshold() throws IOException {
        try (SpooledMessage message = spool(new byte[THRESHOLD + 1])) {
            assertThat(message.inMemory()).isFalse();
            assertThat(files()).isEqualTo(1);
        }
    }

    @Test
    void leavesNothingBehindWhenTheClientGoesAway() throws IOException {
        Spool spool = new Spool(directory, THRESHOLD);
        spool.write(new byte[THRESHOLD + 1]);

        spool.close();

        assertThat(files()).isZero();
    }

    /** Who sends a message hears what became of it at its end, and not before. */
    @Test
    void takesAllAndSaysAtTheEndThatItCouldNotBeKept() throws IOException {
        try (Spool spool = new Spool(directory.resolve("gone"), THRESHOLD)) {
            spool.write(new byte[THRESHOLD]);
            spool.write(new byte[THRESHOLD]);
            spool.write(new byte[THRESHOLD]);

            assertThat(spool.size()).isEqualTo(3 * THRESHOLD);
            assertThatThrownBy(spool::finish).isInstanceOf(NoSuchFileException.class);
        }
    }

    private SpooledMessage spool(byte[] bytes) throws IOException {
        try (Spool spool = new Spool(directory, THRESHOLD)) {
            for (int offset = 0; offset < bytes.length; offset += 300) {
                spool.write(bytes, offset, Math.min(300, bytes.length - offset));
            }
            return spool.finish();
        }
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
