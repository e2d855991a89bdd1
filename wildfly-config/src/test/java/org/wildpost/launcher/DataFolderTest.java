// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path folder;

    @Test
    void keepsWhatItHoldsFromOtherUsers() throws StartFailure, IOException {
        try (DataFolder data = DataFolder.open(folder.resolve("new/data"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("tls"))))
                    .isEqualTo("rwx------");
            DataFolder.writePrivate(data.resolve("tls/key"), "secret".getBytes(StandardCharsets.UTF_8));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("tls/key"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void isHeldByOneAtATime() throws StartFailure {
        try (DataFolder first = DataFolder.open(folder)) {
            assertThat(first.resolve("log")).isDirectory();
            // Within one process Java says so by an exception; a second process gets no lock.
            assertThatThrownBy(() -> DataFolder.open(folder)).isInstanceOf(OverlappingFileLockException.class);
        }
        DataFolder.open(folder).close();
    }

    @Test
    void saysThatAFileIsNoFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("WILDPOST_DATA");
    }
}
