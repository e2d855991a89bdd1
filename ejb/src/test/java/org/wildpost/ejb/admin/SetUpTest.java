// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.ejb.settings.StartUp;

@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class SetUpTest {
    private static TestDatabase database;

    private final House house = new House(database);
    private final StartUp startUp = new StartUp();

    @BeforeAll
    static void startDatabase() {
        database = new TestDatabase();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    @AfterEach
    void nothing() {
        database.empty();
        for (String name : new String[] {"demo", "admin.email", "admin.password"}) {
            System.clearProperty("wildpost." + name);
        }
    }

    @Test
    void seedsTheDemoOnce() {
        prepare(Map.of("demo", "true"));
        House.done(house.change("bob@demo.test", AccountChange.NONE.withName("Robert")));
        prepare(Map.of("demo", "true"));

        assertThat(house.accounts.list("", 1, 0).results())
                .extracting(view -> view.email() + " " + view.name() + " " + view.superAdmin())
                .containsExactly(
                        "admin@demo.test Admin true", "alice@demo.test Alice false", "bob@demo.test Robert false");
        assertThat(startUp.done()).isTrue();
    }

    @Test
    void makesNothingUnasked() {
        prepare(Map.of());

        assertThat(house.firstAdministrator.missing()).isTrue();
        assertThat(startUp.done()).isTrue();
    }

    @Test
    void makesTheFirstAdministratorAndTheDomain() {
        prepare(Map.of("admin.email", "root@example.org", "admin.password", "correct horse"));
        prepare(Map.of("admin.email", "other@example.org", "admin.password", "correct horse"));

        assertThat(house.accounts.list("", 1, 0).results())
                .extracting(view -> view.email() + " " + view.superAdmin())
                .containsExactly("root@example.org true");
    }

    @Test
    void stopsTheStartWithAReasonWhenTheAdministratorCannotBeMade() {
        assertThatThrownBy(() -> prepare(Map.of("admin.email", "root@example.org")))
                .hasMessageContaining("only one is set");
        assertThatThrownBy(() -> prepare(Map.of("admin.email", "root", "admin.password", "1234567")))
                .hasMessageContaining("at least 8 characters")
                .hasMessageContaining("'@'")
                .hasMessageNotContaining("1234567");
        assertThat(startUp.done()).isFalse();
        assertThat(house.domains.list("", 1, 0).results()).isEmpty();
    }

    @Test
    void refusesAFirstAdministratorWhenThereIsAnAccount() {
        prepare(Map.of("demo", "true"));

        assertThat(House.refusals(database.tx(
                        () -> house.firstAdministrator.create("root@evil.test", "", new Secret("correct horse")))))
                .containsExactly("email TAKEN");
        assertThat(house.domains.find("evil.test")).isEmpty();
    }

    private void prepare(Map<String, String> properties) {
        properties.forEach((name, value) -> System.setProperty("wildpost." + name, value));
        SetUp setUp = new SetUp();
        setUp.settings = new ServerSettings();
        setUp.startUp = startUp;
        setUp.demoSeed = house.demoSeed;
        setUp.firstAdministrator = house.firstAdministrator;
        database.tx(() -> {
            setUp.prepare();
            return true;
        });
    }
}
