// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.DomainName;
import org.wildpost.persistence.setting.Settings;

class ServerNameTest {
    private final Rows rows = new Rows();

    @Test
    void isTheMachinesNameUntilSomebodyTypesOne() {
        ServerName name = ServerNames.of(rows, Map.of());

        assertThat(name.get()).isEqualTo(ServerSettings.ownHostname());
        assertThat(name.given()).isEmpty();
    }

    @Test
    void isWhatWasTypedFromTheRenewalOn() {
        ServerName name = ServerNames.of(rows, Map.of());
        String before = name.get();
        name.store(DomainName.parse("mx.bücher.example"));

        assertThat(name.get()).isEqualTo(before);
        name.renew();
        assertThat(name.get()).isEqualTo("mx.xn--bcher-kva.example");
        assertThat(ServerNames.of(rows, Map.of()).get()).isEqualTo("mx.xn--bcher-kva.example");
    }

    @Test
    void isWhatTheOperatorSetWhateverWasTyped() {
        rows.put(ServerName.SETTING, "typed.example");
        ServerName name = ServerNames.of(rows, Map.of("wildpost.hostname", "set.example"));

        assertThat(name.get()).isEqualTo("set.example");
        assertThat(name.given()).hasValue("set.example");
    }

    @Test
    void asksTheDatabaseOnce() {
        ServerName name = ServerNames.of(rows, Map.of());
        name.get();
        name.get();

        assertThat(rows.asked).isEqualTo(1);
    }

    private static final class Rows implements Settings {
        private final Map<String, String> values = new HashMap<>();
        private int asked;

        @Override
        public Optional<Instant> changed(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> find(String name) {
            asked++;
            return Optional.ofNullable(values.get(name));
        }

        @Override
        public void put(String name, String value) {
            values.put(name, value);
        }

        @Override
        public String putIfAbsent(String name, String value) {
            values.putIfAbsent(name, value);
            return values.get(name);
        }
    }
}
