// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Beans are made by the first thread that needs them, and the threads of the queue have no java:comp. */
class ResourceNamesTest {
    @Test
    void noResourceIsLookedUpWhereOnlyThreadsOfTheContainerFindIt() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(100).noneMatch(ResourceNamesTest::looksIntoComp);
        }
    }

    private static boolean looksIntoComp(Path source) {
        try {
            return Files.readString(source).contains("lookup = \"java:comp/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
