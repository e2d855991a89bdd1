// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.core.mime.MimePart;
import org.wildpost.ejb.settings.DiskRoom;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.persistence.jdbc.Sql;

/** The services of this room over one database, wired as the container does it. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
public final class Store {
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    final PooledDatabase database;
    final MailboxEvents events = new MailboxEvents();
    public final MessageAppender appender = new MessageAppender();
    final MailboxViews views = new MailboxViews();
    public final MailboxService mail = new MailboxService();

    final MailboxSummaries summaries = new MailboxSummaries();
    final ReaderCounts counts = new ReaderCounts();
    public final GuardedMail guarded = new GuardedMail();

    final TextIndex texts = new TextIndex();
    final TextIndexer indexer = new TextIndexer();
    final Vault vault = new Vault();
    final VaultFiler filer = new VaultFiler();
    public final Quotas quotas = new Quotas();
    final StoreSweeper sweeper = new StoreSweeper();

    /** Octets that the disk has left. */
    public long free = Long.MAX_VALUE;

    public Store(PooledDatabase database) {
        this(database, new Retention(Duration.ofDays(14), Duration.ofHours(24), Duration.ofDays(365)));
    }

    Store(PooledDatabase database, Retention retention) {
        this.database = database;
        quotas.database = database;
        vault.database = database;
        vault.quotas = quotas;
        vault.filer = filer;
        sweeper.filer = filer;
        filer.database = database;
        mail.quotas = quotas;
        vault.events = events;
        vault.retention = retention;
        sweeper.database = database;
        sweeper.retention = retention;
        Ids ids = new Ids();
        events.transactions = database;
        // Pauses are over at once.
        events.later = (task, pause) -> task.run();
        views.database = database;
        views.events = events;
        appender.database = database;
        appender.events = events;
        appender.ids = ids;
        mail.room = new DiskRoom(0, () -> free);
        mail.transfer = new MessageTransfer(database, events, views, ids, retention, quotas);
        mail.tree = new MailboxTree(database, events, mail.transfer, retention);
        mail.reader = new MailboxReader(database, views);
        mail.flags = new FlagChanges(database, events, views);
        texts.database = database;
        texts.indexer = indexer;
        indexer.database = database;
        summaries.database = database;
        summaries.events = events;
        mail.search = new MessageSearch(database, texts, summaries);
        mail.threads = new Threads(database);
        mail.annotations = new Annotations(
                database,
                new ServerName() {
                    @Override
                    public String get() {
                        return "mail.demo.test";
                    }
                },
                events);
        mail.appender = appender;
        mail.appended = new AppendedMessages(database, events, ids, retention, quotas);
        mail.events = events;
        counts.database = database;
        counts.events = events;
        guarded.mail = mail;
        guarded.rules = new AccessRules(database, ServerSettings.DEFAULT_SHARED_MAILBOXES);
        guarded.lists = new AccessLists(database, guarded.rules, events);
        guarded.tree = new SharedTree(guarded.rules, mail.tree, counts);
        guarded.flags = new SharedFlags(database, events);
        guarded.shared = new SharedMail(database, guarded.rules, guarded.tree, guarded.flags, mail);
        guarded.transfer = new SharedTransfer(database, events, ids, retention, quotas);
    }

    /** A new account with its mailboxes, in a domain of its own. */
    public AccountId account() {
        return account(database.transaction(connection -> Sql.first(
                        connection,
                        "insert into domain (name) values ('d' || nextval('message_seq')) returning id",
                        row -> row.getLong(1))
                .orElseThrow()));
    }

    /** A new account with its mailboxes, in the domain of another. */
    public AccountId neighbour(AccountId account) {
        return account(database.statement(connection -> Sql.first(
                        connection,
                        "select domain_id from account where id = ?",
                        row -> row.getLong(1),
                        account.value())
                .orElseThrow()));
    }

    private AccountId account(long domain) {
        AccountId account = database.transaction(connection -> Sql.first(
                        connection,
                        "insert into account (domain_id, local_part, address, password_hash)"
                                + " select ?, local_part, local_part || '@' || ?::text, ''"
                                + " from (select 'a' || nextval('message_seq') as local_part) one returning id",
                        row -> new AccountId(row.getLong(1)),
                        domain,
                        String.valueOf(domain))
                .orElseThrow());
        mail.createDefaults(account);
        return account;
    }

    MailboxStatus status(AccountId account, MailboxName name) {
        return ((MailboxResult.Done) mail.status(account, name)).status();
    }

    public MailboxRef ref(AccountId account, MailboxName name) {
        return new MailboxRef(account, status(account, name).id());
    }

    /** Adds a message to INBOX and gives its UID. */
    public long append(AccountId account, String text, Flags flags) {
        return append(account, MailboxName.INBOX, text, flags);
    }

    long append(AccountId account, MailboxName name, String text, Flags flags) {
        MessageAppender.Target target = new MessageAppender.Target(account, name, new byte[0], flags, NOW);
        SpooledMessage message = SpooledMessage.of(text.getBytes(StandardCharsets.UTF_8));
        try {
            return ((MessageAppender.Outcome.Appended)
                            appender.append(message, MimeIndexer.index(message), List.of(target))
                                    .getFirst())
                    .uid();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds flags. */
    public void flag(MailboxRef mailbox, Flags flags, long... uids) {
        store(mailbox, StoreRequest.Mode.ADD, flags, uids);
    }

    StoreResult store(MailboxRef mailbox, StoreRequest.Mode mode, Flags flags, long... uids) {
        return mail.store(mailbox, new StoreRequest(uids, mode, flags, OptionalLong.empty()));
    }

    List<FetchRow> fetch(MailboxRef mailbox, long... uids) {
        return mail.fetch(mailbox, uids, Set.of(FetchDetail.ENVELOPE, FetchDetail.STRUCTURE));
    }

    /** The counters as they must be: messages, unseen, deleted, size. */
    List<Long> recount(MailboxRef mailbox) {
        return database.statement(connection -> Sql.first(
                        connection,
                        "select count(*), count(*) filter (where flags & 1 = 0), count(*) filter (where flags & 8 <> 0),"
                                + " coalesce(sum(size), 0) from message where mailbox_id = ?",
                        row -> List.of(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                        mailbox.mailbox().value())
                .orElseThrow());
    }

    static List<Long> counters(MailboxStatus status) {
        return List.of(status.messages(), status.unseen(), status.deleted(), status.size());
    }

    /** The index of a text message, as far as the store looks at it. */
    static MessageIndex index(String text, long size) {
        int body = Math.max(0, text.indexOf("\r\n\r\n") + 4);
        MimePart root = new MimePart(
                "text",
                "plain",
                Map.of("charset", "utf-8"),
                null,
                null,
                "8bit",
                null,
                null,
                List.of("en"),
                null,
                0,
                body,
                size - body,
                1,
                null,
                List.of());
        Envelope envelope = new Envelope(
                null, "subject", List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, "<id@x>");
        return new MessageIndex(size, envelope, root, Optional.of(NOW), "preview\0\uD800", 0, "subject", false);
    }
}
