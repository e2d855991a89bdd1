// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.persistence.account.JpaAccounts;
import org.wildpost.persistence.domain.JpaDomains;

@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class DirectoryTest {
    private static TestDatabase database;
    private static Directory directory;

    @BeforeAll
    static void fillDatabase() {
        database = new TestDatabase();
        database.execute("insert into domain (name, disabled) values ('demo.test', false), ('off.test', true)");
        database.execute("""
                insert into account (domain_id, local_part, address, password_hash, disabled, redirect_to)
                select d.id, a.local, a.local || '@' || d.name, '', a.disabled, a.redirect_to
                from domain d, (values ('alice', false, array['Bob@example.org']), ('bob+list', false, '{}'), ('bob', false, '{}'),
                                       ('gone', true, '{}'), ('eve+gone', true, '{}'), ('eve', false, '{}')) as a (local, disabled, redirect_to)
                """);
        directory = new Directory();
        directory.accounts = new JpaAccounts(database.entityManager());
        directory.domains = new JpaDomains(database.entityManager());
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "alice@demo.test,        alice@demo.test",
        "Alice@DEMO.test,        alice@demo.test",
        "alice+shop@demo.test,   alice@demo.test",
        "alice+a+b@demo.test,    alice@demo.test",
        "bob+list@demo.test,     bob+list@demo.test",
        "bob+other@demo.test,    bob@demo.test",
        "+alice@demo.test,       ",
        "nobody@demo.test,       ",
        "gone@demo.test,         ",
        "gone+x@demo.test,       ",
        "eve+gone@demo.test,     ",
        "alice@off.test,         ",
        "alice@elsewhere.test,   ",
    })
    void findsWhoTakesTheMail(String address, String expected) {
        assertThat(directory
                        .recipient(EmailAddress.parse(address))
                        .map(r -> r.address().toString()))
                .isEqualTo(java.util.Optional.ofNullable(expected));
    }

    @Test
    void saysWhereMailIsSentOnTo() {
        assertThat(directory
                        .recipient(EmailAddress.parse("alice@demo.test"))
                        .orElseThrow()
                        .redirectTo())
                .containsExactly(EmailAddress.parse("Bob@example.org"));
    }

    @Test
    void aDisabledDomainIsStillLocal() {
        assertThat(directory.isLocal(DomainName.parse("demo.test"))).isTrue();
        assertThat(directory.isLocal(DomainName.parse("off.test"))).isTrue();
        assertThat(directory.isLocal(DomainName.parse("elsewhere.test"))).isFalse();
    }

    /** The road of every recipient: one statement, and no look at the whole table however many accounts there are. */
    @Test
    void asksOneQueryOverTheIndexOfAddresses() {
        database.execute("""
                insert into account (domain_id, local_part, address, password_hash)
                select d.id, 'n' || n, 'n' || n || '@demo.test', '' from domain d, generate_series(1, 20000) n where d.name = 'demo.test'
                """);
        database.execute("analyze account");

        List<String> statements =
                database.statementsOf(() -> assertThat(directory.recipient(EmailAddress.parse("n77+tag@demo.test")))
                        .isPresent());

        assertThat(statements).hasSize(1);
        String sql = statements.getFirst().replace("?", "'n77@demo.test'");
        assertThat(String.join("\n", database.column("explain " + sql)))
                .contains("account_address_key")
                .doesNotContain("Seq Scan on account");
    }
}
