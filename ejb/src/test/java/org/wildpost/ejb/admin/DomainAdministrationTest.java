// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.ejb.TestDatabase;

class DomainAdministrationTest {
    private static TestDatabase database;

    private final House house = new House(database);

    @BeforeAll
    static void startDatabase() {
        database = new TestDatabase();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void nothing() {
        database.empty();
    }

    @Test
    void createsADomainUnderItsNormalName() {
        DomainView view = house.domain(" Bücher.Example ");

        assertThat(view.name().ascii()).isEqualTo("xn--bcher-kva.example");
        assertThat(house.domains.find("bücher.example").orElseThrow().id()).isEqualTo(view.id());
        assertThat(house.domains.find("no domain!")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',          name MISSING",
        "-a.test,     name MALFORMED",
        "a b,         name MALFORMED",
        "[192.0.2.1], name MALFORMED",
        "demo.test,   name TAKEN",
        "DEMO.Test,   name TAKEN"
    })
    void refusesWhatIsWrong(String name, String expected) {
        house.domain("demo.test");

        assertThat(House.refusals(database.tx(() -> house.domains.create(name))))
                .containsExactly(expected);
    }

    @Test
    void listsWithNumbersOfAccounts() {
        house.domain("a.test");
        house.domain("b.test");
        house.domain("bücher.example");
        house.account("one@b.test");
        house.account("two@b.test");

        assertThat(house.domains.list("", 1, 0).results())
                .extracting(view -> view.name() + " " + view.accounts())
                .containsExactly("a.test 0", "b.test 2", "xn--bcher-kva.example 0");
        assertThat(house.domains.list("bücher.example", 1, 0).total()).isEqualTo(1);
        assertThat(house.domains.list("\u0000", 1, 0).total()).isZero();
        assertThat(house.domains.list("TEST", 2, 1).results())
                .extracting(view -> view.name().ascii())
                .containsExactly("b.test");
        assertThat(house.domains.find("b.test").orElseThrow().accounts()).isEqualTo(2);
    }

    @Test
    void disablesAndEnables() {
        house.domain("demo.test");

        assertThat(House.done(database.tx(
                                () -> house.domains.change("demo.test", DomainChange.NONE.withDisabled(true))))
                        .disabled())
                .isTrue();
        assertThat(house.domains.find("demo.test").orElseThrow().disabled()).isTrue();
        House.done(database.tx(() -> house.domains.change("demo.test", DomainChange.NONE.withDisabled(false))));
        assertThat(house.domains.find("demo.test").orElseThrow().disabled()).isFalse();
        assertThat(database.tx(() -> house.domains.change("other.test", DomainChange.NONE.withDisabled(true))))
                .isInstanceOf(Outcome.NotFound.class);
    }

    @Test
    void deletesOnlyAnEmptyDomainUnlessAskedForAll() {
        house.domain("demo.test");
        house.account("alice@demo.test");

        assertThat(House.refusals(database.tx(() -> house.domains.delete("demo.test", false))))
                .containsExactly("name NOT_EMPTY");
        House.done(database.tx(() -> house.domains.delete("DEMO.test", true)));

        assertThat(house.domains.find("demo.test")).isEmpty();
        assertThat(house.mail).endsWith("deleted alice@demo.test");
        assertThat(database.column("select count(*) from account")).containsExactly("0");
    }

    @Test
    void keepsTheDomainOfTheLastAdministrator() {
        house.domain("demo.test");
        house.domain("other.test");
        house.administrator("root@demo.test");

        assertThat(House.refusals(database.tx(() -> house.domains.delete("demo.test", true))))
                .containsExactly("name LAST_ADMINISTRATOR");
        assertThat(House.refusals(
                        database.tx(() -> house.domains.change("demo.test", DomainChange.NONE.withDisabled(true)))))
                .containsExactly("disabled LAST_ADMINISTRATOR");
        assertThat(database.tx(() -> house.domains.change("other.test", DomainChange.NONE.withDisabled(true))))
                .isInstanceOf(Outcome.Done.class);

        House.done(database.tx(() -> house.domains.change("other.test", DomainChange.NONE.withDisabled(false))));
        house.administrator("root@other.test");
        assertThat(database.tx(() -> house.domains.change("demo.test", DomainChange.NONE.withDisabled(true))))
                .isInstanceOf(Outcome.Done.class);
        assertThat(House.refusals(database.tx(() -> house.accounts.delete("root@other.test"))))
                .containsExactly("email LAST_ADMINISTRATOR");
    }

    @Test
    void anEmptyServerLosesItsDomainsFreely() {
        house.domain("demo.test");

        assertThat(database.tx(() -> house.domains.delete("demo.test", false))).isInstanceOf(Outcome.Done.class);
        assertThat(house.domains.list("", 1, 0).results()).isEqualTo(List.of());
    }
}
