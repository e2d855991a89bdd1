// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

class LauncherTest {
    @Test
    void saysInPlainWordsWhyItDoesNotStart() {
        assertThat(Launcher.words(new StartFailure("it is Monday"))).isEqualTo("it is Monday");
        assertThat(Launcher.words(new AccessDeniedException("/opt/server/users.properties")))
                .contains("permission denied", "/opt/server/users.properties", "build as that user");
        assertThat(Launcher.words(new IOException("no room"))).contains("no room");
    }
}
