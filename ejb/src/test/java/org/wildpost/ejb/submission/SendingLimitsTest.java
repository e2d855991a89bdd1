// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.ejb.mailbox.PooledDatabase;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.sending.Ceilings;
import org.wildpost.persistence.sending.Ceilings.Scope;
import org.wildpost.persistence.sending.SendingPolicies;

@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class SendingLimitsTest {
    private static PooledDatabase database;

    private final List<String> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-05T09:07:03Z");
    private SendingLimits limits;
    private SmtpClient.Login alice;
    private SmtpClient.Login bob;
    private long domain;

    @BeforeAll
    static void start() {
        database = new PooledDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void build() {
        limits = node();
        execute("truncate domain, account, sending_limit, sending_usage, correspondent cascade");
        domain = id("insert into domain (name) values ('demo.test') returning id");
        alice = account("alice");
        bob = account("bob");
    }

    @Test
    void countsMessagesOfTheHourAndSaysWhenThereIsRoom() {
        set(Scope.ACCOUNT, alice.account().value(), SendingLimit.MESSAGES_PER_HOUR, 2);
        assertThat(limits.message(alice)).isEmpty();
        send(alice, "x@far.test");
        send(alice, "x@far.test");

        assertThat(text(limits.message(alice)))
                .isEqualTo("450 4.7.1 your account may have 2 messages per hour; try again after 10:00 UTC");
        assertThat(limits.message(bob)).isEmpty();

        now = Instant.parse("2026-11-05T10:00:00Z");
        assertThat(limits.message(alice)).isEmpty();
    }

    @Test
    void countsMessagesOfTheDayUntilTheyAreADayOld() {
        set(Scope.ACCOUNT, alice.account().value(), SendingLimit.MESSAGES_PER_DAY, 1);
        send(alice, "x@far.test");

        now = now.plus(Duration.ofHours(23));
        assertThat(text(limits.message(alice)))
                .isEqualTo("550 5.7.1 your account may have 1 messages per day; try again tomorrow");

        now = now.plus(Duration.ofHours(1));
        assertThat(limits.message(alice)).isEmpty();
    }

    @Test
    void countsRecipientsAlsoThoseOfTheRunningMessage() {
        set(Scope.ACCOUNT, alice.account().value(), SendingLimit.RECIPIENTS_PER_HOUR, 3);
        send(alice, "x@far.test");

        assertThat(ask(alice, "y@far.test", 0)).isEmpty();
        assertThat(ask(alice, "z@far.test", 1)).isEmpty();
        assertThat(text(ask(alice, "w@far.test", 2)))
                .startsWith("450 4.7.1 your account may have 3 recipients per hour");
    }

    @Test
    void countsOnlyStrangersElsewhereAsNew() {
        set(Scope.ACCOUNT, alice.account().value(), SendingLimit.NEW_RECIPIENTS_PER_DAY, 1);
        send(alice, "known@far.test");

        assertThat(ask(alice, "Known@far.test", 0)).isEmpty();
        assertThat(limits.recipient(alice, EmailAddress.parse("new@demo.test"), false, 0))
                .isEmpty();
        assertThat(text(ask(alice, "new@far.test", 0)))
                .isEqualTo("550 5.7.1 your account may have 1 new recipients per day; try again tomorrow");
    }

    @Test
    void countsTheStrangersOfOneMessageTogether() {
        set(Scope.ACCOUNT, alice.account().value(), SendingLimit.NEW_RECIPIENTS_PER_DAY, 3);
        send(alice, "known@far.test");

        assertThat(limits.strangers(alice, addresses("known@far.test", "a@far.test", "b@far.test")))
                .isEmpty();
        assertThat(limits.strangers(alice, addresses("a@far.test", "A@far.test", "b@far.test")))
                .as("one of them twice")
                .isEmpty();
        assertThat(text(limits.strangers(alice, addresses("a@far.test", "b@far.test", "c@far.test"))))
                .isEqualTo("550 5.7.1 your account may have 3 new recipients per day; try again tomorrow");

        send(alice, "a@far.test");
        set(Scope.ACCOUNT, alice.account().value(), SendingLimit.NEW_RECIPIENTS_PER_DAY, 1);
        now = now.plus(SendingLimits.KNOWN);
        assertThat(limits.strangers(alice, addresses("known@far.test")))
                .as("there are more than allowed already, and none is new")
                .isEmpty();
        assertThat(limits.strangers(alice, List.of())).isEmpty();
    }

    @Test
    void limitsDomainAndServerOverAllTheirAccounts() {
        set(Scope.DOMAIN, domain, SendingLimit.MESSAGES_PER_HOUR, 2);
        send(alice, "x@far.test");
        send(bob, "x@far.test");
        now = now.plus(SendingLimits.KNOWN);
        assertThat(text(limits.message(alice))).startsWith("450 4.7.1 your domain may have 2 messages per hour");

        set(Scope.DOMAIN, domain, SendingLimit.MESSAGES_PER_HOUR, 0);
        set(Scope.SERVER, 0, SendingLimit.MESSAGES_PER_HOUR, 2);
        now = now.plus(SendingLimits.KNOWN);
        assertThat(text(limits.message(bob))).startsWith("450 4.7.1 this server may have 2 messages per hour");
    }

    @Test
    void hearsWhatOtherNodesCounted() {
        set(Scope.ACCOUNT, alice.account().value(), SendingLimit.MESSAGES_PER_HOUR, 1);
        SendingLimits other = node();
        assertThat(other.message(alice)).isEmpty();
        send(alice, "x@far.test");

        now = now.plus(SendingLimits.KNOWN);

        assertThat(other.message(alice)).isPresent();
    }

    @Test
    void countsNothingOfATransactionThatFails() {
        try {
            database.transaction(connection -> {
                limits.sent(connection, alice, 1, List.of(EmailAddress.parse("x@far.test")));
                throw new IllegalStateException("disk full");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("disk full");
        }

        assertThat(id("select count(*) from sending_usage")).isZero();
        assertThat(id("select count(*) from correspondent")).isZero();
    }

    @Test
    void freezesWhoGoesOnAndTellsTheAdministratorOnce() {
        set(Scope.ACCOUNT, alice.account().value(), SendingLimit.MESSAGES_PER_HOUR, 1);
        set(Scope.ACCOUNT, alice.account().value(), SendingLimit.REFUSALS_UNTIL_FROZEN, 3);
        send(alice, "x@far.test");

        IntStream.range(0, 3).forEach(i -> assertThat(limits.message(alice)).isPresent());
        assertThat(limits.policy(alice.account()).orElseThrow().frozen()).isEmpty();
        IntStream.range(0, 3).forEach(i -> limits.message(alice));

        assertThat(limits.policy(alice.account()).orElseThrow().frozen()).isPresent();
        assertThat(told).containsExactly("alice@demo.test");
        assertThat(limits.policy(bob.account()).orElseThrow().frozen()).isEmpty();

        database.transaction(connection -> {
            new SendingPolicies(connection).unfreeze(alice.account());
            return null;
        });
        limits.forget(alice.account());
        assertThat(limits.policy(alice.account()).orElseThrow().frozen()).isEmpty();
    }

    @Test
    void refusesAnAccountThatIsGone() {
        SmtpClient.Login gone = new SmtpClient.Login(new AccountId(999_999), alice.address());

        assertThat(text(limits.message(gone))).isEqualTo("550 5.7.1 your account is gone");
    }

    @Test
    void hasDefaultsForAllScopes() {
        assertThat(SendingLimit.MESSAGES_PER_HOUR.defaultOf(Scope.ACCOUNT)).isEqualTo(300);
        assertThat(SendingLimit.NEW_RECIPIENTS_PER_DAY.defaultOf(Scope.DOMAIN)).isEqualTo(5_000);
        assertThat(SendingLimit.values()).allMatch(limit -> limit.defaultOf(Scope.SERVER) == 0);
        assertThat(SendingLimit.REFUSALS_UNTIL_FROZEN.key()).isEqualTo("refusals_until_frozen");
    }

    private SendingLimits node() {
        SendingLimits node = new SendingLimits();
        node.database = database;
        node.clock = () -> now;
        node.notices = new FreezeNotices() {
            @Override
            void frozen(EmailAddress frozen, Instant since) {
                told.add(frozen.toString());
            }
        };
        return node;
    }

    private Optional<SmtpVerdict> ask(SmtpClient.Login login, String recipient, int before) {
        return limits.recipient(login, EmailAddress.parse(recipient), true, before);
    }

    private static List<EmailAddress> addresses(String... texts) {
        return Arrays.stream(texts).map(EmailAddress::parse).toList();
    }

    private void send(SmtpClient.Login login, String recipient) {
        database.transaction(connection -> {
            limits.sent(connection, login, 1, List.of(EmailAddress.parse(recipient)));
            return null;
        });
    }

    private void set(Scope scope, long id, SendingLimit limit, long ceiling) {
        database.transaction(connection -> {
            new Ceilings(connection).set(scope, id, limit.name(), ceiling);
            return null;
        });
    }

    private SmtpClient.Login account(String name) {
        long id = id("insert into account (domain_id, local_part, address, password_hash) values (" + domain + ", '"
                + name + "', '" + name + "@demo.test', '') returning id");
        return new SmtpClient.Login(new AccountId(id), EmailAddress.parse(name + "@demo.test"));
    }

    private static long id(String sql) {
        return database.<Long>statement(
                connection -> Sql.first(connection, sql, row -> row.getLong(1)).orElseThrow());
    }

    private static void execute(String sql) {
        database.statement(connection -> Sql.update(connection, sql));
    }

    private static String text(Optional<SmtpVerdict> verdict) {
        return switch (verdict.orElseThrow()) {
            case SmtpVerdict.Accept _ -> "accepted";
            case SmtpVerdict.Refuse(int code, String enhanced, String text) -> code + " " + enhanced + " " + text;
            case SmtpVerdict.Defer(int code, String enhanced, String text) -> code + " " + enhanced + " " + text;
        };
    }
}
