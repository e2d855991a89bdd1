// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.ejb.TestDatabase;

class AliasAdministrationTest {
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
    void oneDomain() {
        database.empty();
        house.domain("demo.test");
    }

    @Test
    void createsAnAliasForAddressesHereAndElsewhere() {
        AliasView view = House.done(database.tx(() -> house.aliases.create(new AliasDraft(
                " Team@DEMO.test ", List.of("alice@demo.test", "Bob@Far.test", "Bob@far.test"), true, true))));

        assertThat(view.email()).hasToString("team@demo.test");
        assertThat(view.targets()).hasToString("[alice@demo.test, Bob@far.test]");
        assertThat(view.internalOnly()).isTrue();
        assertThat(view.disabled()).isTrue();
        assertThat(house.aliases.find("TEAM@demo.test").orElseThrow().targets()).isEqualTo(view.targets());
    }

    @ParameterizedTest
    @CsvSource({
        "'',              a@far.test, email MISSING",
        "team,            a@far.test, email MALFORMED",
        "team@far.test,   a@far.test, email NO_SUCH_DOMAIN",
        "alice@demo.test, a@far.test, email TAKEN",
        "old@demo.test,   a@far.test, email TAKEN",
        "team@demo.test,  '',         targets MISSING",
        "team@demo.test,  nobody,     targets MALFORMED",
    })
    void refuses(String email, String target, String expected) {
        house.account("alice@demo.test");
        house.alias("old@demo.test", "a@far.test");
        List<String> targets = target.isEmpty() ? List.of() : List.of(target);

        assertThat(House.refusals(
                        database.tx(() -> house.aliases.create(new AliasDraft(email, targets, false, false)))))
                .containsExactly(expected);
    }

    @Test
    void leadsToSoManyAddressesAndNoMore() {
        List<String> most = new java.util.ArrayList<>();
        for (int i = 0; i < AccountRules.MAX_TARGETS; i++) {
            most.add("u" + i + "@far.test");
        }
        House.done(database.tx(() -> house.aliases.create(new AliasDraft("team@demo.test", most, false, false))));
        most.add("x@far.test");

        assertThat(AccountRules.MAX_TARGETS).isEqualTo(500);
        assertThat(House.refusals(database.tx(() -> house.aliases.change(
                        "team@demo.test", new AliasChange(Optional.of(most), Optional.empty(), Optional.empty())))))
                .containsExactly("targets TOO_MANY");
    }

    @Test
    void anAddressIsAnAccountOrAnAlias() {
        house.alias("team@demo.test", "a@far.test");

        assertThat(House.refusals(house.create(AccountDraft.of("Team@demo.test", "", House.PASSWORD))))
                .containsExactly("email TAKEN");
        assertThatThrownBy(() -> database.execute("insert into account (domain_id, local_part, address, password_hash)"
                        + " select id, 'team', 'team@demo.test', '' from domain"))
                .as("the database says so as well")
                .hasStackTraceContaining("taken_address_pkey");
        assertThatThrownBy(() -> database.execute("update alias set address = 'x@demo.test'"))
                .hasStackTraceContaining("an address never changes");

        House.done(database.tx(() -> house.aliases.delete("team@demo.test")));
        house.account("team@demo.test");
        assertThat(database.column("select address || (alias_id is null) from taken_address"))
                .containsExactly("team@demo.testtrue");
    }

    @Test
    void changesOnlyWhatIsAsked() {
        house.alias("team@demo.test", "a@far.test");
        AliasView changed = House.done(database.tx(() -> house.aliases.change(
                "Team@demo.test",
                new AliasChange(Optional.of(List.of("b@far.test")), Optional.empty(), Optional.of(true)))));

        assertThat(changed.targets()).hasToString("[b@far.test]");
        assertThat(changed.disabled()).isTrue();
        assertThat(changed.internalOnly()).isFalse();
        AliasView enabled = House.done(database.tx(() -> house.aliases.change(
                "team@demo.test", new AliasChange(Optional.empty(), Optional.of(true), Optional.of(false)))));
        assertThat(enabled.targets()).hasToString("[b@far.test]");
        assertThat(enabled.disabled()).isFalse();
        assertThat(enabled.internalOnly()).isTrue();
        assertThat(database.tx(() -> house.aliases.change("gone@demo.test", AliasChange.NONE)))
                .isInstanceOf(Outcome.NotFound.class);
        assertThat(House.refusals(database.tx(() -> house.aliases.change(
                        "team@demo.test",
                        new AliasChange(Optional.of(Collections.emptyList()), Optional.empty(), Optional.empty())))))
                .containsExactly("targets MISSING");
    }

    @Test
    void findsAliasesByAddressAndByWhereTheyLead() {
        house.alias("b@demo.test", "Alice@far.test");
        house.alias("a_b@demo.test", "x@far.test", "alice@near.test");
        house.alias("c@demo.test", "x@far.test");

        assertThat(list("")).containsExactly("a_b@demo.test", "b@demo.test", "c@demo.test");
        assertThat(list(" ALICE@ ")).containsExactly("a_b@demo.test", "b@demo.test");
        assertThat(list("a_")).containsExactly("a_b@demo.test");
        assertThat(list("\u0000")).isEmpty();
        assertThat(house.aliases.list("", 2, 2).results()).hasSize(1);
        assertThat(house.aliases.list("", 2, 2).total()).isEqualTo(3);
    }

    private List<String> list(String query) {
        return house.aliases.list(query, 1, 0).results().stream()
                .map(view -> view.email().toString())
                .toList();
    }

    @Test
    void deletes() {
        house.alias("team@demo.test", "a@far.test");

        House.done(database.tx(() -> house.aliases.delete("TEAM@demo.test")));
        assertThat(house.aliases.find("team@demo.test")).isEmpty();
        assertThat(database.tx(() -> house.aliases.delete("team@demo.test"))).isInstanceOf(Outcome.NotFound.class);
    }
}
