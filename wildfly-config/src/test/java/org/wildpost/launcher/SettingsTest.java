// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
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
        assertThat(settings.imapCacheMb()).isEqualTo(32);
    }

    @Test
    void givesAnswersASixteenthOfTheHeapWhereNothingElseIsSaid() throws StartFailure {
        assertThat(Settings.of(Map.of("WILDPOST_MAX_HEAP_MB", "2048"), false).imapCacheMb())
                .isEqualTo(128);
        assertThat(Settings.of(Map.of("WILDPOST_MAX_HEAP_MB", "2048", "WILDPOST_IMAP_CACHE_MB", "7"), false)
                        .imapCacheMb())
                .isEqualTo(7);
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
                    WILDPOST_MESSAGE_SIZE_LIMIT    | 50MB     | 'is not a number from 65536 to 1073741824'
                    WILDPOST_MESSAGE_SIZE_LIMIT    | 65535    | 'is not a number from 65536 to 1073741824'
                    WILDPOST_POP3_IDLE_SECONDS     | 599      | 'is not a number from 600 to 780'
                    WILDPOST_SMTP_RECIPIENTS       | 99       | 'is not a number from 100 to 999999'
                    WILDPOST_IMAP_LINE_OCTETS      | 8k       | 'is not a number from 8192 to'
                    WILDPOST_CONNECTIONS_TOTAL     | 2147483648 | 'is not a number from 1 to 2147483647'
                    WILDPOST_PASSWORD_SCHEME       | md5      | 'is not a way to keep passwords: write argon2id or sha512-crypt'
                    WILDPOST_QUEUE_RETRIES         | 5m;10m   | 'is not durations with commas between them'
                    WILDPOST_QUEUE_LIFETIME        | 5 days   | 'is not a duration, such as 30s, 5m, 4h or 5d'
                    WILDPOST_QUEUE_IN_FLIGHT       | 0        | 'is not a number from 1 to 100000'
                    WILDPOST_OUTGOING_CONNECTIONS  | 0        | 'is not a number from 1 to 10000'
                    WILDPOST_OUTGOING_ADDRESSES    | 101      | 'is not a number from 1 to 100'
                    WILDPOST_OUTGOING_END_SECONDS  | 10m      | 'is not a number from 1 to 3600'
                    WILDPOST_DATA                  | ' '      | 'is not the path of a folder'
                    WILDPOST_DB_URL                | db:5432  | 'is not a database: write jdbc:postgresql://host:5432/name'
                    WILDPOST_DB_URL                | jdbc:mysql://h/d | 'is not a database'
                    WILDPOST_MAX_HEAP_MB           | 255      | 'is not a number from 256 to 1048576'
                    WILDPOST_MAX_HEAP_MB           | 99999999999999999999 | 'is not a number from 256'
                    WILDPOST_BIND                  | 127.0.0.256 | 'is not an IP address'
                    WILDPOST_HOSTNAME              | '[127.0.0.1]' | 'is not a host name'
                    WILDPOST_HOSTNAME              | a..example | 'is not a host name'
                    WILDPOST_ADMIN_EMAIL           | admin    | 'WILDPOST_ADMIN_EMAIL=''admin'' is not an address'
                    WILDPOST_ADMIN_PASSWORD        | 1234567  | 'is not a line of 8 to 256 characters'
                    WILDPOST_DNS_SERVERS           | dns.example.org | 'is not a list of DNS servers'
                    WILDPOST_DNS_VALIDATE          | off      | 'is not a boolean: write true or false'
                    WILDPOST_DNS_TRUST_AD          | 1        | 'is not a boolean: write true or false'
                    WILDPOST_DNS_TRUST_ANCHORS     | /nowhere | 'is not the path of a file that can be read'
                    WILDPOST_OWN_ADDRESSES         | '192.0.2.1,here' | 'is not a list of IP addresses'
                    WILDPOST_REMOTE_SMTP_PORT      | 65536    | 'is not a number from 1 to 65535'
                    WILDPOST_PROXY_NETWORKS        | 10.0.0.1/8 | 'is not a list of networks, such as 10.0.0.0/8'
                    WILDPOST_PROXY_NETWORKS        | ''       | 'is not a list of networks'
                    WILDPOST_XCLIENT_NETWORKS      | neighbours | 'is not a list of networks'
                    WILDPOST_LMTP_NETWORKS         | '::1,'   | 'is not a list of networks'
                    WILDPOST_LMTP_PORT             | lmtp     | 'is not a port from 1 to 10535 other than 25, or 0 for none'
                    WILDPOST_LMTP_PORT             | 10536    | 'is not a port from 1 to 10535 other than 25, or 0 for none'
                    WILDPOST_LMTP_PORT             | 25       | 'is not a port from 1 to 10535 other than 25, or 0 for none'
                    WILDPOST_LMTP_PORT             | -1       | 'is not a port from 1 to 10535 other than 25, or 0 for none'
                    WILDPOST_SMTP_RECIPIENTS       | 1000000  | 'is not a number from 100 to 999999'
                    WILDPOST_SMTP_MX_PRIORITY      | -10      | 'is not a number from -9 to 9'
                    WILDPOST_SMTP_FUTURE_RELEASE_LATEST | 2030-02-31T00:00:00Z | 'is not a moment in UTC'
                    WILDPOST_SMTP_FUTURE_RELEASE_LATEST | 2030-12-31 | 'is not a moment in UTC'
                    WILDPOST_PROXY_HEADER_OCTETS   | 231      | 'is not a number from 232 to 65551'
                    WILDPOST_LMTP_BIND             | loopback | 'is not an IP address'
                    WILDPOST_PORT_OFSET            | 1        | 'there is no variable WILDPOST_PORT_OFSET'
                    """)
    void saysWhatIsWrongWithAVariable(String name, String value, String words) {
        assertThatThrownBy(() -> Settings.of(Map.of(name, value), false))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(name)
                .hasMessageContaining(words);
    }

    @Test
    void hasNoLmtpUnlessAPortIsNamedAndThenOnLoopback() throws StartFailure {
        assertThat(Settings.of(Map.of(), false).lmtp()).isEmpty();
        assertThat(Settings.of(Map.of("WILDPOST_LMTP_PORT", "0"), false).lmtp()).isEmpty();
        assertThat(lmtp(Map.of("WILDPOST_LMTP_PORT", "24"))).isEqualTo("127.0.0.1:10024");
        assertThat(lmtp(Map.of(
                        "WILDPOST_LMTP_PORT", "24",
                        "WILDPOST_LMTP_BIND", "127.0.0.2",
                        "WILDPOST_PORT_OFFSET", "0")))
                .isEqualTo("127.0.0.2:24");
    }

    private static String lmtp(Map<String, String> environment) throws StartFailure {
        InetSocketAddress address = Settings.of(environment, false).lmtp().orElseThrow();
        return address.getHostString() + ":" + address.getPort();
    }

    @Test
    void handsEveryVariableToTheServerUnderItsOwnName() {
        assertThat(Variable.WILDPOST_PROXY_NETWORKS.property()).isEqualTo("wildpost.proxy.networks");
        assertThat(Variable.WILDPOST_OUTGOING_SHIPMENT_SECONDS.property())
                .isEqualTo("wildpost.outgoing.shipment.seconds");
        assertThat(Variable.WILDPOST_LMTP_PORT.property()).isEqualTo("wildpost.lmtp.port");
        assertThat(Variable.WILDPOST_XCLIENT_NETWORKS.problem("10.0.0.0/8, 2001:db8::/32"))
                .isEmpty();
        assertThat(Variable.WILDPOST_SMTP_MX_PRIORITY.problem("-9")).isEmpty();
        assertThat(Variable.WILDPOST_SMTP_FUTURE_RELEASE_LATEST.problem("2030-12-31T23:59:59Z"))
                .isEmpty();
    }

    @Test
    void neverShowsAPasswordInAnError() {
        assertThatThrownBy(() -> Settings.of(Map.of("WILDPOST_ADMIN_PASSWORD", "se\ncret"), false))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("WILDPOST_ADMIN_PASSWORD")
                .hasMessageNotContaining("cret");
    }

    @Test
    void wantsTheFirstAdministratorWithAPassword() throws StartFailure {
        String email = "root@example.org";
        assertThatThrownBy(() -> Settings.of(Map.of("WILDPOST_ADMIN_EMAIL", email), false))
                .hasMessageContaining("go together");
        assertThatThrownBy(() -> Settings.of(Map.of("WILDPOST_ADMIN_PASSWORD", "correct horse"), false))
                .hasMessageContaining("go together");
        Settings settings =
                Settings.of(Map.of("WILDPOST_ADMIN_EMAIL", email, "WILDPOST_ADMIN_PASSWORD", "correct horse"), false);
        assertThat(settings.given()).containsEntry(Variable.WILDPOST_ADMIN_EMAIL, email);
    }

    @Test
    void letsUploadsGrowWithMessages() throws StartFailure {
        assertThat(Settings.of(Map.of(), false).uploadLimit()).isEmpty();
        assertThat(Settings.of(Map.of("WILDPOST_MESSAGE_SIZE_LIMIT", "100000000"), false)
                        .uploadLimit())
                .hasValue(150_000_000);
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
