// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @Test
    void startsFromNothingWithTheDefaults() throws StartFailure {
        Settings settings = Settings.of(Map.of("PATH", "/usr/bin"), false);
        assertThat(settings.data()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(settings.portOffset()).isEqualTo(10_000);
        assertThat(settings.bind()).isEqualTo("0.0.0.0");
        assertThat(settings.outside()).isEmpty();
        assertThat(settings.maxHeapMb()).isEqualTo(Settings.DEFAULT_MAX_HEAP_MB);
    }

    @Test
    void keepsTheDemoOnLoopback() throws StartFailure {
        assertThat(Settings.of(Map.of(), true).bind()).isEqualTo("127.0.0.1");
        assertThat(Settings.of(Map.of("WILDPOST_BIND", "::1"), true).bind()).isEqualTo("::1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    WILDPOST_PORT_OFFSET           | ten      | 'WILDPOST_PORT_OFFSET=''ten'' is not a number from 0 to 55000'
                    WILDPOST_PORT_OFFSET           | 55001    | 'WILDPOST_PORT_OFFSET=''55001'' is not a number from 0 to 55000'
                    WILDPOST_PORT_OFFSET           | -1       | 'is not a number from 0 to 55000'
                    WILDPOST_ALLOW_PLAINTEXT_LOGIN | yes      | 'is not a boolean: write true or false'
                    WILDPOST_ALLOW_PLAINTEXT_LOGIN | TRUE     | 'is not a boolean: write true or false'
                    WILDPOST_BIND                  | here     | 'is not an IP address'
                    WILDPOST_HOSTNAME              | 'a b'    | 'is not a host name'
                    WILDPOST_MESSAGE_SIZE_LIMIT    | 50MB     | 'is not a number greater than 0'
                    WILDPOST_MESSAGE_SIZE_LIMIT    | 0        | 'is not a number greater than 0'
                    WILDPOST_POP3_IDLE_SECONDS     | 599      | 'is not a number from 600 to 780'
                    WILDPOST_SMTP_RECIPIENTS       | 99       | 'is not a number from 100 to 2147483647'
                    WILDPOST_IMAP_LINE_OCTETS      | 8k       | 'is not a number from 8192 to'
                    WILDPOST_CONNECTIONS_TOTAL     | 2147483648 | 'is not a number from 1 to 2147483647'
                    WILDPOST_PASSWORD_SCHEME       | md5      | 'is not a way to keep passwords: write argon2id or sha512-crypt'
                    WILDPOST_DATA                  | ' '      | 'is not the path of a folder'
                    WILDPOST_DB_URL                | db:5432  | 'is not a database: write jdbc:postgresql://host:5432/name'
                    WILDPOST_DB_URL                | jdbc:mysql://h/d | 'is not a database'
                    WILDPOST_MAX_HEAP_MB           | 100      | 'is too little: the server needs 256'
                    WILDPOST_MAX_HEAP_MB           | 99999999999 | 'is too large'
                    WILDPOST_PORT_OFSET            | 1        | 'there is no variable WILDPOST_PORT_OFSET'
                    """)
    void saysWhatIsWrongWithAVariable(String name, String value, String words) {
        assertThatThrownBy(() -> Settings.of(Map.of(name, value), false))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(name)
                .hasMessageContaining(words);
    }

    @Test
    void neverShowsAPasswordInAnError() {
        assertThatThrownBy(() -> Settings.of(Map.of("WILDPOST_ADMIN_PASSWORD", "se\ncret"), false))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("WILDPOST_ADMIN_PASSWORD")
                .hasMessageNotContaining("cret");
    }

    @Test
    void wantsAnOutsideDatabaseWithUserAndPassword() throws StartFailure {
        String url = "jdbc:postgresql://db.example.org:5432/wildpost?sslmode=verify-full";
        assertThatThrownBy(() -> Settings.of(Map.of("WILDPOST_DB_URL", url), false))
                .hasMessageContaining("go together");
        assertThatThrownBy(() -> Settings.of(Map.of("WILDPOST_DB_USER", "mail"), false))
                .hasMessageContaining("go together");
        Settings settings = Settings.of(
                Map.of("WILDPOST_DB_URL", url, "WILDPOST_DB_USER", "mail", "WILDPOST_DB_PASSWORD", "secret"), false);
        assertThat(settings.outside()).contains(new Settings.Outside(url, "mail", "secret"));
    }
}
