// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeNameTest {
    @TempDir
    private Path folder;

    @Test
    void isTheSameAfterARestart() {
        assertThat(NodeName.of("mail", folder))
                .startsWith("mail/")
                .isEqualTo(NodeName.of("mail", folder))
                .isNotEqualTo(NodeName.of("post", folder));
    }

    /** Two servers on one host, or on hosts of one name: as one, the second would give away what the first carries. */
    @Test
    void isAnotherInEveryDataFolder() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));

        assertThat(name(folder)).isNotEqualTo(name(other)).isEqualTo(name(folder));
    }

    @Test
    void replacesAnIdThatACrashLeftUnfinished() throws IOException {
        Files.writeString(folder.resolve(NodeName.FILE), "7c9e\n");

        assertThat(NodeName.of("mail", folder)).hasSize("mail/".length() + 36).isEqualTo(NodeName.of("mail", folder));
    }

    @Test
    void isTheHostsWhereNothingCanBeKept() {
        assertThat(NodeName.of("mail", folder.resolve("missing"))).isEqualTo("mail");
        assertThat(new QueueSettings(Map.of("jboss.node.name", "mail")::get).nodeName())
                .isEqualTo("mail");
    }

    private static String name(Path data) {
        return new QueueSettings(Map.of("jboss.node.name", "mail", "wildpost.data", data.toString())::get).nodeName();
    }
}
