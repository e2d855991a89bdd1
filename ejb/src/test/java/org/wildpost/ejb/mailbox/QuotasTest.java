// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.persistence.address.AddressReads;
import org.wildpost.persistence.address.Holder;
import org.wildpost.persistence.jdbc.Sql;

/** How long a sum is believed, and when it is made anew (RFC 9208 §8 advises to remember it), on a real PostgreSQL. */
class QuotasTest extends StoreTest {
    private static final QuotaLimits LIMITS = new QuotaLimits(OptionalLong.of(1_000), OptionalLong.of(10));

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void limit() {
        store.quotas.clock = () -> now;
        store.quotas.limit(account, LIMITS);
    }

    @Test
    void addsWhatItAdmitsWithoutASum() {
        assertThat(admits(400)).isTrue();
        assertThat(admits(400)).isTrue();
        elsewhere(900);

        assertThat(admits(200)).isTrue();
    }

    @Test
    void makesTheSumAnewBeforeItRefuses() {
        elsewhere(900);
        assertThat(admits(50)).isTrue();
        elsewhere(0);

        assertThat(admits(1_000)).isTrue();
        elsewhere(1_000);
        assertThat(admits(1)).isFalse();
    }

    @Test
    void believesASumForTenSeconds() {
        assertThat(admits(100)).isTrue();
        elsewhere(1_000);
        now = now.plus(Quotas.BELIEVED).minusMillis(1);
        assertThat(admits(100)).isTrue();

        now = now.plusMillis(1);
        assertThat(admits(100)).isFalse();
    }

    @Test
    void takesNothingForAddedThatWasOnlyAskedFor() {
        for (int i = 0; i < 5; i++) {
            assertThat(store.quotas.hasRoom(account, LIMITS, QuotaAmount.message(900)))
                    .isTrue();
        }
        assertThat(store.quotas.admits(account, LIMITS, QuotaAmount.message(900)))
                .isTrue();
        elsewhere(900);
        assertThat(store.quotas.hasRoom(account, LIMITS, QuotaAmount.message(900)))
                .isFalse();
    }

    @Test
    void asksNothingWithoutALimit() {
        elsewhere(Long.MAX_VALUE / 2);

        assertThat(store.quotas.admits(account, QuotaLimits.NONE, QuotaAmount.message(Long.MAX_VALUE / 2)))
                .isTrue();
    }

    /** Deliveries know the limits of a recipient from the question that finds it. */
    @Test
    void theDirectoryTellsTheLimits() {
        EmailAddress address = EmailAddress.parse("a@quota.test");
        database.statement(connection -> Sql.update(
                connection,
                "with d as (insert into domain (name) values ('quota.test') returning id)"
                        + " insert into account (domain_id, local_part, address, password_hash, quota_bytes, quota_messages)"
                        + " select id, 'a', 'a@quota.test', '', 1000, 10 from d"));
        Holder holder = database.statement(connection -> new AddressReads(connection).find(List.of(address)))
                .getFirst()
                .holder()
                .orElseThrow();

        assertThat(((Holder.Account) holder).quota()).isEqualTo(LIMITS);
    }

    private boolean admits(long octets) {
        return store.quotas.admits(account, QuotaAmount.message(octets));
    }

    /** What the account has now, by another server. */
    private void elsewhere(long octets) {
        database.statement(connection -> Sql.update(
                connection,
                "update mailbox set size = ? where account_id = ? and name = 'INBOX'",
                octets,
                account.value()));
    }
}
