// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.AccessResult;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.persistence.acl.AccessRows;

/** Who gives rights to whom; the rest is told by the contract. */
class AccessListsTest {
    private static final RightsChange LOOKUP = RightsChange.parse("l").orElseThrow();
    private static PooledDatabase database;

    private final Store store = new Store(database);
    private final AccountId owner = store.account();

    @BeforeAll
    static void startDatabase() {
        database = new PooledDatabase();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    private Identifier identifier(AccountId account) {
        return Identifier.account(
                database.statement(connection -> new AccessRows(connection).address(account)));
    }

    @Test
    void ownersGiveRightsToTheirDomainAndAdministratorsToAll() {
        Identifier neighbour = identifier(store.neighbour(owner));
        Identifier stranger = identifier(store.account());
        MailboxName inbox = MailboxName.INBOX;

        assertThat(store.guarded.grant(owner, inbox, neighbour, LOOKUP)).isEqualTo(new AccessResult.Done());
        assertThat(store.guarded.grant(owner, inbox, stranger, LOOKUP)).isEqualTo(new AccessResult.NoSuchIdentifier());
        assertThat(store.guarded.grantAnybody(owner, inbox, stranger, LOOKUP)).isEqualTo(new AccessResult.Done());
        assertThat(store.guarded.grantAnybody(owner, inbox, Identifier.account("nobody@nowhere.test"), LOOKUP))
                .isEqualTo(new AccessResult.NoSuchIdentifier());
    }
}
