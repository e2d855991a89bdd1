// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
    @TempDir
    private Path folder;

    @Test
    void endsAProcessThatDoesNotListen() throws IOException {
        Child child = start("trap '' TERM; echo deaf; while :; do sleep 0.1; done");
        while (Files.size(folder.resolve("out")) == 0) {
            Thread.onSpinWait();
        }
        child.terminate(Duration.ofMillis(300));
        assertThat(child.isAlive()).isFalse();
        assertThat(folder.resolve("pid")).doesNotExist();
    }

    @Test
    void findsWhatAKilledLauncherLeft() throws IOException {
        Child child = start("while :; do sleep 0.1; done # marked-" + folder);
        assertThat(Child.leftover(folder.resolve("pid"), "marked-" + folder)).isPresent();
        assertThat(Child.leftover(folder.resolve("pid"), "another mark")).isEmpty();
        Child.leftover(folder.resolve("pid"), "marked-")
                .ifPresent(left -> Child.terminate(left, Duration.ofSeconds(5)));
        assertThat(child.isAlive()).isFalse();
        assertThat(Child.leftover(folder.resolve("pid"), "marked-")).isEmpty();
    }

    private Child start(String script) throws IOException {
        return Child.start("test", List.of("sh", "-c", script), folder, folder.resolve("out"), folder.resolve("pid"));
    }
}
