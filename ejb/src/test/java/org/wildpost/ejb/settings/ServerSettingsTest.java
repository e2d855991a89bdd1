// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {
    @Test
    void hasADefaultForEverything() {
        ServerSettings settings = new ServerSettings(name -> null);

        assertThat(settings.hostname()).isEmpty();
        assertThat(ServerSettings.ownHostname()).isNotBlank();
        assertThat(settings.messageSizeLimit()).isEqualTo(52_428_800);
        assertThat(settings.diskReserve()).isEqualTo(256L << 20);
        assertThat(settings.sharedMailboxes()).isEqualTo(1_000);
        assertThat(settings.demo()).isFalse();
        assertThat(settings.allowPlaintextLogin()).isFalse();
        assertThat(settings.adminEmail()).isEmpty();
        assertThat(settings.newPasswords()).isEqualTo(NewPasswords.ARGON2ID);
    }

    @Test
    void readsWhatTheOperatorSet() {
        ServerSettings settings = new ServerSettings(Map.of(
                "wildpost.hostname", " MX.Example.org ",
                "wildpost.message.size.limit", "1000000",
                "wildpost.allow.plaintext.login", "TRUE",
                "wildpost.demo", "off",
                "wildpost.password.scheme", "sha512-crypt",
                "wildpost.admin.password", "correct horse",
                "wildpost.imap.shared.mailboxes", "20",
                "wildpost.admin.email", "")::get);

        assertThat(settings.hostname()).hasValue("mx.example.org");
        assertThat(settings.messageSizeLimit()).isEqualTo(1_000_000);
        assertThat(settings.sharedMailboxes()).isEqualTo(20);
        assertThat(settings.allowPlaintextLogin()).isTrue();
        assertThat(settings.demo()).isFalse();
        assertThat(settings.adminEmail()).isEmpty();
        assertThat(settings.newPasswords()).isEqualTo(NewPasswords.SHA512_CRYPT);
        assertThat(settings.adminPassword().orElseThrow().reveal()).isEqualTo("correct horse");
    }

    @ParameterizedTest
    @CsvSource({
        "wildpost.hostname, not a name",
        "wildpost.message.size.limit, 50M",
        "wildpost.message.size.limit, 65535",
        "wildpost.message.size.limit, -1",
        "wildpost.disk.reserve.mb, 0",
        "wildpost.vault.days, -1",
        "wildpost.vault.days, 3651",
        "wildpost.sweep.grace.hours, 0",
        "wildpost.sweep.grace.hours, 8761",
        "wildpost.tombstone.days, 0",
        "wildpost.tombstone.days, 36501",
        "wildpost.imap.shared.mailboxes, 0",
        "wildpost.imap.shared.mailboxes, 100001",
        "wildpost.demo, perhaps",
        "wildpost.password.scheme, md5",
        "wildpost.allow.plaintext.login, tru"
    })
    void stopsAtWhatItDoesNotUnderstand(String name, String value) {
        assertThatThrownBy(() -> new ServerSettings(Map.of(name, value)::get))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(name + " is '" + value + "'");
    }
}
