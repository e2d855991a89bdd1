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
    void hasOneRuleForAddressesThatNobodyHas() {
        house.domain("demo.test");
        DomainView caught = House.done(house.change("demo.test", DomainChange.NONE.withCatchAll(" All@far.test ")));
        assertThat(caught.catchAll()).hasToString("Optional[All@far.test]");
        assertThat(House.refusals(house.change("demo.test", DomainChange.NONE.withForwardTo("far.test"))))
                .containsExactly("catchAll ONE_RULE");

        DomainView forwarded = House.done(
                house.change("demo.test", DomainChange.NONE.withCatchAll("").withForwardTo("Bücher.example")));
        assertThat(forwarded.catchAll()).isEmpty();
        assertThat(forwarded.forwardTo()).hasToString("Optional[xn--bcher-kva.example]");
        assertThat(House.done(house.change("demo.test", DomainChange.NONE.withDisabled(true)))
                        .forwardTo())
                .as("what is not changed stays")
                .isPresent();
        assertThat(house.domains.find("demo.test").orElseThrow().forwardTo()).isEqualTo(forwarded.forwardTo());
        House.done(house.change("demo.test", DomainChange.NONE.withForwardTo("")));
        assertThat(house.domains.find("demo.test").orElseThrow().forwardTo()).isEmpty();
    }

    @Test
    void isAnotherNameOfADomainThatIsHere() {
        house.domain("demo.test");
        DomainView also = House.done(
                database.tx(() -> house.domains.create("also.test", DomainChange.NONE.withAliasOf("demo.test"))));

        assertThat(also.aliasOf()).hasToString("Optional[demo.test]");
        assertThat(house.domains.list("also", 1, 0).results().getFirst().aliasOf())
                .isEqualTo(also.aliasOf());
        assertThat(House.refusals(house.create(AccountDraft.of("x@also.test", "", House.PASSWORD))))
                .containsExactly("email ALIAS_DOMAIN");
        assertThat(House.refusals(database.tx(() -> house.aliases.create(AliasDraft.of("x@also.test", "a@b.test")))))
                .containsExactly("email ALIAS_DOMAIN");
        assertThat(House.refusals(database.tx(() -> house.domains.delete("demo.test", true))))
                .containsExactly("name IN_USE");
        House.done(house.change("also.test", DomainChange.NONE.withAliasOf(" ")));
        House.done(database.tx(() -> house.domains.delete("demo.test", true)));
    }

    @Test
    void refusesRulesThatCannotBe() {
        house.domain("demo.test");
        house.domain("full.test");
        house.alias("x@full.test", "a@far.test");
        House.done(database.tx(() -> house.domains.create("also.test", DomainChange.NONE.withAliasOf("demo.test"))));

        assertThat(refused("demo.test", DomainChange.NONE.withAliasOf("demo.test")))
                .isEqualTo("[aliasOf CIRCLE]");
        assertThat(refused("demo.test", DomainChange.NONE.withForwardTo("DEMO.test")))
                .isEqualTo("[forwardTo CIRCLE]");
        assertThat(refused("demo.test", DomainChange.NONE.withAliasOf("far.test")))
                .isEqualTo("[aliasOf NO_SUCH_DOMAIN]");
        assertThat(refused("full.test", DomainChange.NONE.withAliasOf("also.test")))
                .isEqualTo("[aliasOf ALIAS_DOMAIN]");
        assertThat(refused("demo.test", DomainChange.NONE.withAliasOf("full.test")))
                .isEqualTo("[aliasOf IN_USE]");
        assertThat(refused("full.test", DomainChange.NONE.withAliasOf("demo.test")))
                .isEqualTo("[aliasOf NOT_EMPTY]");
        assertThat(refused("demo.test", DomainChange.NONE.withForwardTo("[192.0.2.1]")))
                .isEqualTo("[forwardTo MALFORMED]");
        assertThat(refused("demo.test", DomainChange.NONE.withForwardTo("a b"))).isEqualTo("[forwardTo MALFORMED]");
        assertThat(refused("demo.test", DomainChange.NONE.withCatchAll("nobody")))
                .isEqualTo("[catchAll MALFORMED]");
        assertThat(house.domains.find("demo.test").orElseThrow().forwardTo()).isEmpty();
    }

    private String refused(String name, DomainChange change) {
        return House.refusals(house.change(name, change)).toString();
    }

    @Test
    void deletesAliasesWithTheirDomain() {
        house.domain("demo.test");
        house.alias("team@demo.test", "a@far.test");

        assertThat(House.refusals(database.tx(() -> house.domains.delete("demo.test", false))))
                .containsExactly("name NOT_EMPTY");
        House.done(database.tx(() -> house.domains.delete("demo.test", true)));
        assertThat(database.column("select address from taken_address")).isEmpty();
    }

    @Test
    void anEmptyServerLosesItsDomainsFreely() {
        house.domain("demo.test");

        assertThat(database.tx(() -> house.domains.delete("demo.test", false))).isInstanceOf(Outcome.Done.class);
        assertThat(house.domains.list("", 1, 0).results()).isEqualTo(List.of());
    }
}
