// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.persistence.jdbc.Sql;

/** What was expunged comes back while its time lasts; octets go when nothing refers to them, and not before. On a real PostgreSQL. */
class VaultTest extends StoreTest {
    private static final Flags GONE = new Flags(SystemFlag.DELETED.bit() | SystemFlag.SEEN.bit(), List.of("$Work"));
    private static final MailboxName PROJECT = new MailboxName("Project");
    private static final String TEXT = "Subject: hello\r\n\r\nbody\r\n";
    private static final Duration VAULT = Duration.ofDays(14);
    private static final Duration GRACE = Duration.ofHours(24);

    private final Instant now = Instant.now();

    private long expunged(MailboxRef mailbox, MailboxName name) {
        long uid = store.append(account, name, TEXT, GONE);
        long id = store.fetch(mailbox, uid).getFirst().messageId();
        assertThat(store.mail.expunge(mailbox, Optional.empty())).containsExactly(uid);
        return id;
    }

    private long blobs() {
        return count("select count(*) from blob");
    }

    /** One round of the sweep some time later. */
    private StoreSweeper.Round sweepAfter(Duration time) {
        store.sweeper.clock = () -> now.plus(time);
        return store.sweeper.sweep();
    }

    @Test
    void restoresWhatWasExpungedAsItWas() {
        long id = expunged(inbox, MailboxName.INBOX);

        List<Vault.Kept> kept = store.vault.list(account, 0, 10);
        assertThat(kept).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo(id);
            assertThat(one.mailbox()).isEqualTo("INBOX");
            assertThat(one.envelope().subject()).isEqualTo("hello");
            assertThat(Duration.between(one.expungedAt(), one.goneAfter())).isEqualTo(VAULT);
        });
        assertThat(store.vault.restore(account, new long[] {id, id + 1_000_000}))
                .isEqualTo(new Vault.Restored.Done(1));

        FetchRow row = store.fetch(inbox, 2).getFirst();
        assertThat(row.messageId()).isEqualTo(id);
        assertThat(row.flags()).isEqualTo(new Flags(SystemFlag.SEEN.bit(), List.of("$Work")));
        assertThat(row.internalDate()).isEqualTo(Store.NOW);
        assertThat(store.mail.content(inbox, 2, 0, 1_000).orElseThrow())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(TEXT);
        assertThat(Store.counters(store.status(account, MailboxName.INBOX))).isEqualTo(store.recount(inbox));
        assertThat(store.vault.count(account)).isZero();
        assertThat(store.vault.restore(account, new long[] {id})).isEqualTo(new Vault.Restored.Done(0));
    }

    @Test
    void keepsTheMessagesOfADeletedMailboxAndRestoresThemToInbox() {
        store.mail.create(account, PROJECT, Optional.empty());
        store.append(account, PROJECT, TEXT, Flags.NONE);
        store.mail.delete(account, PROJECT);

        Vault.Kept kept = store.vault.list(account, 0, 10).getFirst();
        assertThat(kept.mailbox()).isEqualTo("Project");
        store.vault.restore(account, new long[] {kept.id()});

        assertThat(store.status(account, MailboxName.INBOX).messages()).isEqualTo(1);
    }

    @Test
    void filesWhatWasExpungedBehindTheClient() {
        expunged(inbox, MailboxName.INBOX);
        assertThat(rows("message_row")).as("marked in place").isEqualTo(1);
        assertThat(rows("vault_message")).isZero();
        Instant moment = database.statement(connection -> Sql.first(
                        connection,
                        "select changed_at from mailbox_change where mailbox_id = ?",
                        row -> Sql.instant(row, "changed_at"),
                        inbox.mailbox().value())
                .orElseThrow());

        store.filer.fileAll();
        store.filer.fileAll();

        assertThat(rows("message_row")).isZero();
        assertThat(rows("vault_message")).isEqualTo(1);
        assertThat(store.vault.list(account, 0, 10))
                .extracting(Vault.Kept::expungedAt)
                .containsExactly(moment);
    }

    @Test
    void oneThatCannotBeFiledKeepsNoOtherWaiting() {
        long obstacle = expunged(inbox, MailboxName.INBOX);
        change("insert into vault_message (account_id, mailbox_name, expunged_at, id, email_id, blob_id, size,"
                + " internal_date, flags, keywords) select account_id, 'INBOX', now(), id, email_id, blob_id, size,"
                + " internal_date, flags, keywords from message_row where id = " + obstacle);
        AccountId other = store.account();
        store.append(other, TEXT, GONE);
        store.mail.expunge(store.ref(other, MailboxName.INBOX), Optional.empty());
        store.filer.fileAll();
        assertThat(rows("vault_message", other)).isEqualTo(1);

        change("delete from vault_message where id = " + obstacle);
        assertThat(rows("message_row")).as("still to be filed").isEqualTo(1);
        store.filer.fileAll();
        assertThat(rows("vault_message")).isEqualTo(1);
    }

    private static void change(String sql) {
        database.transaction(connection -> Sql.update(connection, sql));
    }

    private long rows(String table) {
        return rows(table, account);
    }

    private static long rows(String table, AccountId account) {
        return count("select count(*) from " + table + " where account_id = ?", account.value());
    }

    @Test
    void keepsWhatWasExpungedJustBeforeItsMailboxWasDeleted() {
        store.mail.create(account, PROJECT, Optional.empty());
        long id = expunged(store.ref(account, PROJECT), PROJECT);
        store.mail.delete(account, PROJECT);

        assertThat(store.vault.list(account, 0, 10)).extracting(Vault.Kept::id).containsExactly(id);
    }

    @Test
    @SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
    void filesAlsoWhatLeftItsTombstonesTime() {
        long id = expunged(inbox, MailboxName.INBOX);
        TombstoneSweeper tombstones = new TombstoneSweeper();
        tombstones.database = database;
        tombstones.retention = new Retention(VAULT, GRACE, Duration.ZERO);
        tombstones.clock = () -> Instant.now().plusSeconds(1);
        tombstones.prune();

        assertThat(store.vault.list(account, 0, 10)).extracting(Vault.Kept::id).containsExactly(id);
    }

    @Test
    void restoresToTheMailboxOfTheNameAndTellsItsWatchers() {
        store.mail.create(account, PROJECT, Optional.empty());
        MailboxRef project = store.ref(account, PROJECT);
        long first = expunged(project, PROJECT);
        long second = expunged(project, PROJECT);
        long before = store.status(account, PROJECT).highestModSeq();

        store.vault.restore(account, new long[] {second, first});

        assertThat(store.mail.changes(project, before).changed())
                .extracting(changed -> changed.uid())
                .containsExactly(3L, 4L);
        assertThat(store.fetch(project, 3, 4)).extracting(FetchRow::messageId).containsExactly(first, second);
    }

    @Test
    void restoresNothingOfWhatDoesNotFit() {
        long first = expunged(inbox, MailboxName.INBOX);
        long second = expunged(inbox, MailboxName.INBOX);
        database.statement(connection -> Sql.update(
                connection, "update account set quota_bytes = ? where id = ?", TEXT.length(), account.value()));

        assertThat(store.vault.restore(account, new long[] {first, second})).isEqualTo(new Vault.Restored.OverQuota());
        assertThat(store.vault.count(account)).isEqualTo(2);
        assertThat(store.vault.restore(account, new long[] {first})).isEqualTo(new Vault.Restored.Done(1));
    }

    @Test
    void givesNothingToAnotherAccount() {
        long id = expunged(inbox, MailboxName.INBOX);
        AccountId other = store.account();

        assertThat(store.vault.list(other, 0, 10)).isEmpty();
        assertThat(store.vault.restore(other, new long[] {id})).isEqualTo(new Vault.Restored.Done(0));
        assertThat(store.vault.count(account)).isEqualTo(1);
    }

    @Test
    void keepsNothingWhenTheTimeIsZero() {
        Store hasty = new Store(database, new Retention(Duration.ZERO, GRACE, Duration.ofDays(365)));
        hasty.append(account, TEXT, GONE);
        hasty.mail.expunge(inbox, Optional.empty());
        assertThat(hasty.vault.count(account)).isZero();
    }

    @Test
    void takesOctetsAwayOnlyAfterTheVaultAndTheGrace() {
        sweepAfter(Duration.ofDays(1_000));
        sweepAfter(Duration.ofDays(2_000));
        long before = blobs();
        expunged(inbox, MailboxName.INBOX);
        store.append(account, TEXT, Flags.NONE);
        assertThat(blobs()).isEqualTo(before + 2);

        assertThat(sweepAfter(VAULT.minusHours(1)).forgotten()).isZero();
        assertThat(sweepAfter(VAULT.plusHours(1))).as("marked").isEqualTo(new StoreSweeper.Round(1, 0));
        assertThat(sweepAfter(VAULT.plusHours(1).plus(GRACE).minusMinutes(1)).swept())
                .as("in its time of grace")
                .isZero();
        assertThat(blobs()).isEqualTo(before + 2);
        assertThat(sweepAfter(VAULT.plusHours(2).plus(GRACE)).swept()).isEqualTo(1);
        assertThat(blobs()).as("the other message has its octets").isEqualTo(before + 1);
        assertThat(store.mail.content(inbox, 2, 0, 1_000)).isPresent();
    }

    @Test
    void leavesMarkedOctetsThatSomethingRefersToAgain() {
        sweepAfter(Duration.ofDays(1_000));
        sweepAfter(Duration.ofDays(2_000));
        long uid = store.append(account, TEXT, Flags.NONE);
        long blob = count("select max(id) from blob");
        database.statement(
                connection -> Sql.update(connection, "insert into blob_mark values (?, ?)", blob, Instant.EPOCH));

        assertThat(sweepAfter(Duration.ofDays(3_000)).swept()).isZero();

        assertThat(store.mail.content(inbox, uid, 0, 10)).isPresent();
        assertThat(count("select count(*) from blob_mark where blob_id = ?", blob))
                .as("the mark is gone")
                .isZero();
    }

    @Test
    void oneNodeAtATimeSweeps() {
        database.statement(connection ->
                Sql.update(connection, "update blob_sweep set lease_until = ?", now.plus(Duration.ofMinutes(5))));
        expunged(inbox, MailboxName.INBOX);
        assertThat(sweepAfter(Duration.ofMinutes(4))).isEqualTo(new StoreSweeper.Round(0, 0));
        database.statement(connection -> Sql.update(connection, "update blob_sweep set lease_until = '-infinity'"));
    }

    @Test
    void forgetsTheVaultOfADeletedAccount() {
        expunged(inbox, MailboxName.INBOX);
        store.mail.deleteAll(account);
        assertThat(store.vault.count(account)).isZero();
    }
}
