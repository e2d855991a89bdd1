// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.wildpost.persistence.jdbc.Sql;

/** An account with as many mailboxes as it may have, on a real PostgreSQL. */
class LargeTreeTest extends StoreTest {
    @Test
    void listsTenThousandMailboxesInLessThanASecond() {
        database.statement(connection -> Sql.update(
                connection,
                "insert into mailbox (account_id, name, uid_validity)"
                        + " select ?, 'Lists/' || (n / 100) || '/Mailbox-' || n, n from generate_series(1, 9990) as s (n)",
                account.value()));
        assertThat(store.mail.list(account).mailboxes()).hasSize(9_996);

        long start = System.nanoTime();
        store.mail.list(account);
        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    }
}
