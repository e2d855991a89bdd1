// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.persistence.domain.JpaDomains;

@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class DirectoryTest {
    private static TestDatabase database;
    private static Directory directory;

    @BeforeAll
    static void fillDatabase() {
        database = new TestDatabase();
        database.execute("insert into domain (name, disabled, forward_to, catch_all) values"
                + " ('demo.test', false, null, null), ('off.test', true, null, 'alice@demo.test'),"
                + " ('forward.test', false, 'far.test', null), ('catch.test', false, null, 'Alice+caught@demo.test')");
        database.execute(
                "insert into domain (name, alias_of) select 'also.test', id from domain where name = 'demo.test'");
        database.execute("""
                insert into account (domain_id, local_part, address, password_hash, disabled, redirect_to, discard, redirect_only, internal_only)
                select d.id, a.local, a.local || '@' || d.name, '', a.disabled, a.redirect_to, a.discard, a.redirect_only, a.internal
                from domain d, (values
                    ('alice', false, array['Bob@example.org'], false, false, false), ('bob+list', false, '{}', false, false, false),
                    ('bob', false, '{}', false, false, false), ('gone', true, '{}', false, false, false),
                    ('eve+gone', true, '{}', false, false, false), ('eve', false, '{}', true, false, true),
                    ('sends', false, array['x@far.test'], true, false, false), ('only', false, array['x@far.test'], false, true, false),
                    ('list+one', false, '{}', false, false, false)) as a (local, disabled, redirect_to, discard, redirect_only, internal)
                where d.name in ('demo.test', 'off.test') or (d.name in ('forward.test', 'catch.test') and a.local in ('bob', 'gone'))
                """);
        database.execute("""
                insert into alias (domain_id, address, targets, disabled, internal_only)
                select d.id, a.address, a.targets, a.disabled, a.internal
                from domain d, (values
                    ('team@demo.test', array['alice@demo.test', 'Bob@far.test'], false, false),
                    ('list@demo.test', array['bob@demo.test'], false, true), ('bob+alias@demo.test', array['eve@demo.test'], false, false),
                    ('old@demo.test', array['bob@demo.test'], true, false), ('chain@demo.test', array['team@also.test'], false, false),
                    ('loop@demo.test', array['loop@demo.test', 'loop@also.test'], false, false)) as a (address, targets, disabled, internal)
                where d.name = 'demo.test'
                """);
        directory = new Directory();
        directory.database = database.jdbc();
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

    /** The order: the account or alias of the whole local part, that before the tag, the rule of the domain. */
    @ParameterizedTest
    @CsvSource({
        "bob@demo.test,           account bob@demo.test keeps",
        "Bob+list@demo.test,      account bob+list@demo.test keeps",
        "bob+alias@demo.test,     alias bob+alias@demo.test to eve@demo.test",
        "bob+other@demo.test,     account bob@demo.test keeps",
        "team@demo.test,          alias team@demo.test to alice@demo.test Bob@far.test",
        "TEAM+tag@demo.test,      alias team@demo.test to alice@demo.test Bob@far.test",
        "list+one@demo.test,      account list+one@demo.test keeps",
        "list+two@demo.test,      alias list@demo.test to bob@demo.test internal",
        "eve@demo.test,           account eve@demo.test keeps internal",
        "alice@demo.test,         account alice@demo.test to Bob@example.org keeps",
        "sends@demo.test,         account sends@demo.test to x@far.test",
        "only@demo.test,          account only@demo.test to x@far.test",
        "gone@demo.test,          disabled",
        "gone+x@demo.test,        disabled",
        "old@demo.test,           disabled",
        "nobody@demo.test,        unknown",
        "bob@also.test,           same as bob@demo.test",
        "Any+x@also.test,         same as Any+x@demo.test",
        "bob@forward.test,        account bob@forward.test keeps",
        "bob+x@forward.test,      account bob@forward.test keeps",
        "gone@forward.test,       disabled",
        "Any+x@forward.test,      Any+x@forward.test passed on to Any+x@far.test",
        "bob@catch.test,          account bob@catch.test keeps",
        "gone@catch.test,         disabled",
        "any@catch.test,          any@catch.test passed on to Alice+caught@demo.test",
        "alice@off.test,          disabled",
        "any@off.test,            unknown",
        "any@far.test,            outside",
    })
    void resolves(String address, String expected) {
        EmailAddress asked = EmailAddress.parse(address);

        assertThat(words(directory.resolve(List.of(asked)).get(asked))).isEqualTo(expected);
    }

    @Test
    void resolvesManyAtOnceEachForItself() {
        List<EmailAddress> asked = Stream.of(
                        "any@far.test",
                        "bob+x@demo.test",
                        "any@far.test",
                        "nobody@demo.test",
                        "team@also.test",
                        "team@demo.test")
                .map(EmailAddress::parse)
                .toList();
        List<String> statements = database.statementsOf(
                () -> assertThat(directory.resolve(asked).values().stream().map(DirectoryTest::words))
                        .containsExactly(
                                "outside",
                                "account bob@demo.test keeps",
                                "unknown",
                                "same as team@demo.test",
                                "alias team@demo.test to alice@demo.test Bob@far.test"));

        assertThat(statements).hasSize(1);
        assertThat(database.statementsOf(() -> directory.resolve(List.of()))).isEmpty();
    }

    /** Whose mail an address is by the doing of administrators. */
    @ParameterizedTest
    @CsvSource({
        "bob@demo.test,       true",
        "bob+x@demo.test,     true",
        "list@demo.test,      true",
        "bob@also.test,       true",
        "list@also.test,      true",
        "bob+list@demo.test,  false",
        "team@demo.test,      false",
        "alice@demo.test,     false",
        "old@demo.test,       false",
        "loop@demo.test,      false",
        "any@catch.test,      false",
        "any@far.test,        false",
    })
    void knowsWhichAddressesLeadToAnAccount(String address, boolean leads) {
        AccountId bob = account("bob@demo.test");

        assertThat(directory.leadsTo(EmailAddress.parse(address), bob)).isEqualTo(leads);
    }

    @Test
    void followsNestedAliasesAndCatchAllsToAnAccount() {
        AccountId alice = account("alice@demo.test");

        assertThat(directory.leadsTo(EmailAddress.parse("chain@demo.test"), alice))
                .isTrue();
        assertThat(directory.leadsTo(EmailAddress.parse("whoever@catch.test"), alice))
                .isTrue();
    }

    private static AccountId account(String address) {
        return directory.recipient(EmailAddress.parse(address)).orElseThrow().account();
    }

    private static String words(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Account account ->
                "account " + account.address() + to(account.targets()) + (account.keeps() ? " keeps" : "")
                        + (account.internalOnly() ? " internal" : "");
            case Resolution.Alias alias ->
                "alias " + alias.address() + to(alias.targets()) + (alias.internalOnly() ? " internal" : "");
            case Resolution.PassedOn passedOn -> passedOn.address() + " passed on to " + passedOn.to();
            case Resolution.SameAs same -> "same as " + same.address();
            case Resolution.Outside _ -> "outside";
            case Resolution.Unknown _ -> "unknown";
            case Resolution.Disabled _ -> "disabled";
        };
    }

    private static String to(List<EmailAddress> targets) {
        return targets.isEmpty()
                ? ""
                : " to " + targets.stream().map(EmailAddress::toString).collect(Collectors.joining(" "));
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
        database.execute("analyze");

        List<String> statements =
                database.statementsOf(() -> assertThat(directory.recipient(EmailAddress.parse("n77+tag@demo.test")))
                        .isPresent());

        assertThat(statements).hasSize(1);
        String sql = statements
                .getFirst()
                .replaceFirst("\\?", "array['demo.test']")
                .replaceFirst("\\?", "array['n77+tag@demo.test']")
                .replaceFirst("\\?", "array['n77@demo.test']");
        assertThat(String.join("\n", database.column("explain " + sql)))
                .contains("taken_address_pkey", "account_pkey")
                .doesNotContain("Seq Scan on account", "Seq Scan on taken_address");
        assertThat(database.column("select a.id from taken_address t join account a on a.id = t.account_id"
                        + " where t.address = 'n77@demo.test'"))
                .hasSize(1);
    }
}
