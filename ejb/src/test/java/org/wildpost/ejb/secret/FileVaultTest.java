// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileVaultTest {
    private static final byte[] CLEAR = "a private key".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private Path file;
    private FileVault vault;

    @BeforeEach
    void open() {
        file = folder.resolve("keys/vault.key");
        vault = new FileVault(file);
    }

    @Test
    void opensWhatItSealedAlsoAfterARestart() {
        byte[] sealed = vault.seal("dkim:demo.test", CLEAR);

        assertThat(new FileVault(file).open("dkim:demo.test", sealed)).isEqualTo(CLEAR);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("private");
    }

    @Test
    void neverSealsTheSameWayTwice() {
        assertThat(vault.seal("p", CLEAR)).isNotEqualTo(vault.seal("p", CLEAR));
    }

    @Test
    void opensForTheSamePurposeOnly() {
        byte[] sealed = vault.seal("dkim:demo.test", CLEAR);

        assertThatIllegalStateException()
                .isThrownBy(() -> vault.open("dkim:other.test", sealed))
                .withMessageContaining("dkim:other.test")
                .withMessageContaining(file.toString());
    }

    @Test
    void saysHowToMendAnotherKey() {
        byte[] sealed = new FileVault(folder.resolve("other.key")).seal("p", CLEAR);

        assertThatIllegalStateException()
                .isThrownBy(() -> vault.open("p", sealed))
                .withMessageContaining("put the key file");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 20})
    void refusesWhatWasChanged(int at) {
        byte[] sealed = vault.seal("p", CLEAR);
        sealed[at] ^= 1;

        assertThatIllegalStateException().isThrownBy(() -> vault.open("p", sealed));
        assertThatIllegalStateException().isThrownBy(() -> vault.open("p", new byte[] {1, 2}));
    }

    @Test
    void keepsTheKeyFromOthers() throws IOException {
        vault.seal("p", CLEAR);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64 !", "c2hvcnQ="})
    void refusesAMalformedKeyFile(String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);

        assertThatIllegalStateException()
                .isThrownBy(() -> vault.seal("p", CLEAR))
                .withMessageContaining("32 octets");
    }

    @Test
    void makesOneKeyWhenManyBeginTogether() throws Exception {
        Callable<byte[]> first = () -> new FileVault(file).seal("p", CLEAR);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (var sealed : threads.invokeAll(List.of(first, first, first, first, first, first, first, first))) {
                assertThat(vault.open("p", sealed.get())).isEqualTo(CLEAR);
            }
        }
    }
}
