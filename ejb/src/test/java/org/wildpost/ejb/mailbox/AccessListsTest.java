// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.AccessResult;
import org.wildpost.core.listener.imap.MailboxMeasure;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.persistence.acl.SharedRow;
import org.wildpost.persistence.jdbc.Sql;

/** Who gives rights to whom; the rest is told by the contract. */
class AccessListsTest extends StoreTest {
    private static final RightsChange LOOKUP = RightsChange.parse("l").orElseThrow();

    private final AccountId owner = account;

    @BeforeEach
    void nothingIsShared() {
        database.statement(connection -> Sql.update(connection, "delete from mailbox_access"));
    }

    /** Without a limit whoever shares everything with everybody would make each LIST of all others slow. */
    @Test
    void anAccountIsShownALimitedNumberOfMailboxesOfOthers() {
        AccountId reader = store.account();
        AccountId other = store.account();
        for (int i = 0; i < 8; i++) {
            MailboxName name = new MailboxName("box " + i);
            store.guarded.create(owner, name, Optional.empty());
            store.guarded.grant(owner, name, Identifier.EVERYBODY, LOOKUP);
        }
        MailboxName hidden = new MailboxName("a box without the right");
        store.guarded.create(owner, hidden, Optional.empty());
        store.guarded.grant(
                owner, hidden, Identifier.EVERYBODY, RightsChange.parse("r").orElseThrow());
        store.guarded.grant(other, MailboxName.INBOX, Identifier.EVERYBODY, LOOKUP);
        for (int i = 5; i < 8; i++) {
            store.guarded.grantAnybody(
                    owner,
                    new MailboxName("box " + i),
                    named(reader),
                    RightsChange.parse("r").orElseThrow());
        }

        AccessRules rules = new AccessRules(database, 5);

        assertThat(rules.visible(reader))
                .extracting(row -> row.owner().equals(other)
                        ? "other"
                        : row.status().name().value())
                .containsExactlyInAnyOrder("box 5", "box 6", "box 7", "box 0", "other");
        assertThat(rules.visible(owner)).extracting(SharedRow::owner).containsExactly(other);
        assertThat(rules.find(
                        reader,
                        new SharedName(named(owner).text(), new MailboxName("box 4"))
                                .full()
                                .orElseThrow()))
                .isPresent();
    }

    /** Who names a reader in all of their mailboxes leaves room for what others open to everybody. */
    @Test
    void ofEachOwnerAsManyAreShown() {
        AccountId reader = store.neighbour(owner);
        List<AccountId> others = List.of(store.account(), store.account());
        others.forEach(other -> share(other, "open", Identifier.EVERYBODY));
        for (int i = 0; i < 4; i++) {
            share(owner, "box " + i, named(reader));
        }

        assertThat(new AccessRules(database, 3).visible(reader))
                .extracting(SharedRow::owner)
                .containsExactlyInAnyOrder(others.get(0), others.get(1), owner);
        assertThat(new AccessRules(database, 1).visible(reader))
                .extracting(SharedRow::owner)
                .containsExactly(owner);
    }

    /** What others have no name for is not shown, whatever the limit; so it takes no place of another. */
    @Test
    void aNameTooLongForOthersTakesNoPlace() {
        AccountId reader = store.neighbour(owner);
        share(owner, "a".repeat(240), named(reader));
        share(owner, "b" + "/c".repeat(30), named(reader));
        share(owner, "d" + "\uD83D\uDE00".repeat(115), named(reader));
        share(owner, "e" + "\u00E4".repeat(200), named(reader));

        assertThat(new AccessRules(database, 1).visible(reader))
                .extracting(row -> row.status().name().value().substring(0, 1))
                .containsExactly("e");
    }

    private void share(AccountId owner, String name, Identifier identifier) {
        MailboxName mailbox = new MailboxName(name);
        assertThat(store.guarded.create(owner, mailbox, Optional.empty())).isInstanceOf(MailboxResult.Done.class);
        assertThat(store.guarded.grant(owner, mailbox, identifier, LOOKUP)).isEqualTo(new AccessResult.Done());
    }

    /** STATUS asks by name, and a mailbox beyond the limit is opened by its name. */
    @Test
    @SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
    void mailboxesBeyondTheLimitAreMeasured() {
        AccountId reader = store.neighbour(owner);
        store.append(owner, "Subject: x\r\n\r\n", Flags.of(SystemFlag.DELETED));
        MailboxId inbox = store.ref(owner, MailboxName.INBOX).mailbox();
        store.guarded.grant(
                owner,
                MailboxName.INBOX,
                named(reader),
                RightsChange.parse("lr").orElseThrow());
        store.guarded.rules = new AccessRules(database, 0);

        assertThat(store.guarded.measure(reader, MailboxMeasure.DELETED_SIZE, List.of(inbox)))
                .containsEntry(inbox, 14L);
    }

    @Test
    void ownersGiveRightsToTheirDomainAndAdministratorsToAll() {
        Identifier neighbour = named(store.neighbour(owner));
        Identifier stranger = named(store.account());
        MailboxName inbox = MailboxName.INBOX;

        assertThat(store.guarded.grant(owner, inbox, neighbour, LOOKUP)).isEqualTo(new AccessResult.Done());
        assertThat(store.guarded.grant(owner, inbox, stranger, LOOKUP)).isEqualTo(new AccessResult.NoSuchIdentifier());
        assertThat(store.guarded.grantAnybody(owner, inbox, stranger, LOOKUP)).isEqualTo(new AccessResult.Done());
        assertThat(store.guarded.grantAnybody(owner, inbox, Identifier.account("nobody@nowhere.test"), LOOKUP))
                .isEqualTo(new AccessResult.NoSuchIdentifier());
    }
}
