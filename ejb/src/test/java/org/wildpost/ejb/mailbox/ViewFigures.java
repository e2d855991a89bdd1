// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.persistence.jdbc.Sql;

/** Prints what opening, holding and flagging large mailboxes costs; a program, for figures are no test. */
final class ViewFigures {
    private static final int ROUNDS = 7;

    private final PooledDatabase database = new PooledDatabase();
    private final Store store = new Store(database);

    private ViewFigures() {}

    public static void main(String[] args) throws Exception {
        ViewFigures figures = new ViewFigures();
        try {
            figures.open(100_000);
            figures.store(5_000);
            figures.store(5_000);
        } finally {
            figures.database.close();
        }
    }

    private MailboxRef mailbox(AccountId account, int messages) {
        MailboxRef inbox = store.ref(account, MailboxName.INBOX);
        database.transaction(connection -> {
            Sql.update(
                    connection,
                    "insert into blob (id, size, sha256, data) values (900000000, 10, '', '') on conflict do nothing");
            Sql.update(
                    connection,
                    "insert into message (mailbox_id, uid, modseq, account_id, id, email_id, blob_id, size, internal_date,"
                            + " flags, keywords)"
                            + " select ?, g, g + 1, ?, 1000000000 + ? * 1000000 + g, 0, 900000000,"
                            + " 8000, now(), 0, case when g % 20 = 0 then '{$Forwarded,work}'::text[] else '{}' end"
                            + " from generate_series(1, ?) g",
                    inbox.mailbox().value(),
                    account.value(),
                    account.value(),
                    messages);
            return Sql.update(
                    connection,
                    "update mailbox set messages = ?, unseen = ?, uid_next = ? + 1, highest_modseq = ? + 1,"
                            + " recent_from = ? + 1 where id = ?",
                    messages,
                    messages,
                    messages,
                    messages,
                    messages,
                    inbox.mailbox().value());
        });
        return inbox;
    }

    private void open(int messages) throws InterruptedException {
        AccountId account = store.account();
        MailboxRef inbox = mailbox(account, messages);
        for (boolean vacuumed : new boolean[] {false, true}) {
            if (vacuumed) {
                database.statement(connection -> Sql.update(connection, "vacuum analyze message_row"));
            }
            times(messages + " messages, cold, " + (vacuumed ? "vacuumed" : "just written"), () -> {
                store.views.forget();
                opened(account);
            });
            times(messages + " messages, warm", () -> opened(account));
        }
        times(messages + " messages, one flag changed before", () -> {
            store.flag(inbox, Flags.of(SystemFlag.SEEN), 1 + (int) (Math.random() * messages));
            opened(account);
        });
        MailboxSnapshot[] some = new MailboxSnapshot[20];
        long before = used();
        for (int i = 0; i < some.length; i++) {
            store.views.forget();
            some[i] = opened(account);
        }
        System.out.printf("%d messages: %d KB each%n", messages, (used() - before) / some.length / 1024);
        before = used();
        for (int i = 0; i < some.length; i++) {
            store.flag(inbox, Flags.of(SystemFlag.FLAGGED), 1 + i * (messages / some.length));
            some[i] = opened(account);
        }
        System.out.printf(
                "%d states of it that follow each other: %d KB together%n",
                Arrays.asList(some).size(), (used() - before) / 1024);
    }

    private MailboxSnapshot opened(AccountId account) {
        return ((OpenResult.Opened) store.mail.open(account, MailboxName.INBOX, true)).snapshot();
    }

    private void store(int messages) throws InterruptedException {
        AccountId account = store.account();
        MailboxRef inbox = mailbox(account, messages);
        long[] all = LongStream.rangeClosed(1, messages).toArray();
        store.views.current(inbox);
        times("STORE of " + messages + ", and the view after it", () -> {
            boolean seen = store.views.current(inbox).orElseThrow().systemFlags(0) != 0;
            StoreRequest.Mode mode = seen ? StoreRequest.Mode.REMOVE : StoreRequest.Mode.ADD;
            store.mail.store(inbox, new StoreRequest(all, mode, Flags.of(SystemFlag.SEEN), OptionalLong.empty()));
            store.views.current(inbox);
        });
        store.store(inbox, StoreRequest.Mode.ADD, Flags.of(SystemFlag.DELETED), all);
        times("EXPUNGE of " + messages + " (the first)", () -> store.mail.expunge(inbox, Optional.empty()));
    }

    private static void times(String what, Runnable work) {
        double[] millis = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long began = System.nanoTime();
            work.run();
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        double first = millis[0];
        Arrays.sort(millis);
        System.out.printf(
                "%-50s first %.1f ms, median %.1f ms, best %.1f ms%n", what, first, millis[ROUNDS / 2], millis[0]);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
