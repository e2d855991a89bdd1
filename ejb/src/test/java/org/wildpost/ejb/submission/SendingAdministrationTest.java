// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.mailbox.PooledDatabase;
import org.wildpost.persistence.jdbc.Sql;

/** What an administrator changes is what submission does next, in the rows of a real database. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class SendingAdministrationTest {
    private static final String ALICE = "alice@demo.test";
    private static PooledDatabase database;

    private final SendingLimits limits = new SendingLimits();
    private final SendingAdministration administration = new SendingAdministration();
    private final Submission submission = new Submission();
    private final UsageSweep sweep = new UsageSweep();
    private Instant now = Instant.parse("2026-11-05T09:07:03Z");
    private SmtpClient.Login alice;

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
        limits.database = database;
        limits.clock = () -> now;
        limits.notices = new FreezeNotices() {
            @Override
            void frozen(EmailAddress frozen, Instant since) {}
        };
        administration.database = database;
        administration.limits = limits;
        administration.clock = () -> now;
        sweep.database = database;
        sweep.clock = () -> now;
        submission.limits = limits;
        submission.addresses = new OwnAddresses() {
            @Override
            public boolean isOwn(SmtpClient.Login login, EmailAddress address) {
                return login.address().equals(address);
            }
        };
        database.statement(connection -> Sql.update(
                connection, "truncate domain, account, sending_limit, sending_usage, correspondent cascade"));
        long domain = id("insert into domain (name) values ('demo.test') returning id");
        alice = new SmtpClient.Login(
                new AccountId(id("insert into account (domain_id, local_part, address, password_hash) values (" + domain
                        + ", 'alice', 'alice@demo.test', '') returning id")),
                EmailAddress.parse(ALICE));
    }

    @Test
    void switchesForOneAccountWhetherItSendsUnderItsOwnAddressesAlone() {
        assertThat(administration
                        .account(ALICE)
                        .orElseThrow()
                        .policy()
                        .orElseThrow()
                        .strictFrom())
                .as("until somebody says otherwise")
                .isTrue();
        assertThat(asks("x@far.test")).isPresent();

        change(Optional.of(false), Optional.empty(), Map.of());
        assertThat(asks("x@far.test")).isEmpty();

        change(Optional.of(true), Optional.empty(), Map.of());
        assertThat(asks("x@far.test")).isPresent();
    }

    @Test
    void freezesAndUnfreezesByHand() {
        SendingView frozen = change(Optional.empty(), Optional.of(true), Map.of());
        assertThat(frozen.policy().orElseThrow().frozen()).contains("frozen by an administrator");
        assertThat(asks(ALICE)).isPresent();

        assertThat(change(Optional.empty(), Optional.of(false), Map.of())
                        .policy()
                        .orElseThrow()
                        .frozen())
                .isEmpty();
        assertThat(asks(ALICE)).isEmpty();
    }

    @Test
    void whoIsUnfrozenIsNotFrozenAgainByTheNextRefusal() {
        change(
                Optional.empty(),
                Optional.empty(),
                Map.of(
                        SendingLimit.MESSAGES_PER_HOUR,
                        OptionalLong.of(1),
                        SendingLimit.REFUSALS_UNTIL_FROZEN,
                        OptionalLong.of(2)));
        database.transaction(connection -> {
            submission.sent(connection, alice, 1, List.of());
            return null;
        });
        for (int refusal = 0; refusal < 3; refusal++) {
            assertThat(asks(ALICE)).isPresent();
        }
        assertThat(isFrozen()).isTrue();

        change(Optional.empty(), Optional.of(false), Map.of());
        assertThat(asks(ALICE)).as("the limit is still reached").isPresent();
        assertThat(isFrozen()).isFalse();
    }

    @Test
    void setsCeilingsForAccountDomainAndServerAndTakesThemBack() {
        Map<SendingLimit, OptionalLong> two = Map.of(SendingLimit.MESSAGES_PER_DAY, OptionalLong.of(2));
        SendingChange set = new SendingChange(Optional.empty(), Optional.empty(), two);
        change(Optional.empty(), Optional.empty(), two);
        administration.changeDomain("demo.test", set);
        administration.changeServer(set);

        assertThat(administration.account(ALICE).orElseThrow().ceilings())
                .containsEntry(SendingLimit.MESSAGES_PER_DAY, 2L)
                .containsEntry(SendingLimit.MESSAGES_PER_HOUR, 300L);
        assertThat(administration.domain("Demo.test").orElseThrow().ceilings())
                .containsEntry(SendingLimit.MESSAGES_PER_DAY, 2L);
        assertThat(administration.server().ceilings()).containsEntry(SendingLimit.MESSAGES_PER_DAY, 2L);

        SendingView back =
                change(Optional.empty(), Optional.empty(), Map.of(SendingLimit.MESSAGES_PER_DAY, OptionalLong.empty()));
        assertThat(back.ceilings()).containsEntry(SendingLimit.MESSAGES_PER_DAY, 2_000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {-2, SendingAdministration.MAX_CEILING + 1})
    void refusesACeilingThatIsNone(long ceiling) {
        SendingChange change = new SendingChange(
                Optional.empty(), Optional.of(true), Map.of(SendingLimit.MESSAGES_PER_DAY, OptionalLong.of(ceiling)));

        assertThat(administration.changeAccount(ALICE, change)).isInstanceOf(Outcome.Refused.class);
        assertThat(administration.changeDomain("demo.test", change)).isInstanceOf(Outcome.Refused.class);
        assertThat(administration.changeServer(change)).isInstanceOf(Outcome.Refused.class);
        assertThat(isFrozen()).as("a change is made as a whole").isFalse();
    }

    @Test
    void knowsNoOthers() {
        SendingChange nothing = new SendingChange(Optional.empty(), Optional.empty(), Map.of());

        assertThat(administration.account("bob@demo.test")).isEmpty();
        assertThat(administration.account("no address")).isEmpty();
        assertThat(administration.domain("other.test")).isEmpty();
        assertThat(administration.changeAccount("bob@demo.test", nothing)).isInstanceOf(Outcome.NotFound.class);
        assertThat(administration.changeDomain("a b", nothing)).isInstanceOf(Outcome.NotFound.class);
    }

    @Test
    void forgetsHoursThatNoLimitLooksAt() {
        database.transaction(connection -> {
            submission.sent(connection, alice, 1, List.of());
            return null;
        });
        now = now.plus(Duration.ofHours(24));
        sweep.sweep();
        assertThat(id("select count(*) from sending_usage")).isEqualTo(1);

        now = now.plus(Duration.ofHours(24));
        sweep.sweep();
        assertThat(id("select count(*) from sending_usage")).isZero();
    }

    private SendingView change(
            Optional<Boolean> strictFrom, Optional<Boolean> frozen, Map<SendingLimit, OptionalLong> ceilings) {
        Outcome<SendingView> outcome =
                administration.changeAccount(ALICE, new SendingChange(strictFrom, frozen, ceilings));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<SendingView>) outcome).value();
    }

    /** Why alice may not send under an address, if so. */
    private Optional<SmtpVerdict> asks(String reversePath) {
        return submission.sender(alice, new ReversePath(Optional.of(EmailAddress.parse(reversePath))));
    }

    private boolean isFrozen() {
        return administration
                .account(ALICE)
                .orElseThrow()
                .policy()
                .orElseThrow()
                .frozen()
                .isPresent();
    }

    private static long id(String sql) {
        return database.<Long>statement(
                connection -> Sql.first(connection, sql, row -> row.getLong(1)).orElseThrow());
    }
}
