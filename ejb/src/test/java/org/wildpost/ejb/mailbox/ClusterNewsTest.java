// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.Watch;
import org.wildpost.core.message.Flags;
import org.wildpost.persistence.jdbc.Sql;

/** Two nodes on one PostgreSQL; nobody looks without having heard of something. */
@Timeout(60)
class ClusterNewsTest extends StoreTest {
    private static final String TEXT = "Subject: x\r\n\r\n";
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Store there = new Store(database);
    private final ClusterNews hearing = new ClusterNews(database.source(), database, store.events);
    private final ClusterNews telling = new ClusterNews(database.source(), database, there.events);
    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        hearing.stop();
        telling.stop();
    }

    private void together() {
        hearing.start();
        telling.start();
        soon(() -> hearing.hasOthers() && telling.hasOthers());
        told.clear();
    }

    private static void soon(BooleanSupplier condition) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the time is not over").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private @Nullable Object next() throws InterruptedException {
        return told.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Test
    void aDeliveryOnOneNodeIsHeardOnTheOther() throws InterruptedException {
        try (Watch watch = store.mail.watch(inbox, told::add)) {
            together();
            there.append(account, TEXT, Flags.NONE);
            long begun = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                there.append(account, TEXT, Flags.NONE);
                assertThat(next()).isEqualTo(inbox.mailbox());
            }
            Duration each = Duration.ofNanos((System.nanoTime() - begun) / 20);
            assertThat(each).as("append and news").isLessThan(Duration.ofMillis(200));
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void aMailboxThatIsMadeOnOneNodeIsHeardOnTheOther() throws InterruptedException {
        try (Watch watch = store.mail.watchTree(account, told::add)) {
            together();
            there.mail.create(account, new MailboxName("new"), Optional.empty());
            assertThat(next()).isEqualTo(account);
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void manyChangesAreTold() throws InterruptedException {
        try (Watch watch = store.mail.watch(inbox, told::add)) {
            together();
            for (int i = 0; i < 200; i++) {
                there.append(account, TEXT, Flags.NONE);
            }
            assertThat(next()).isEqualTo(inbox.mailbox());
            long last = store.status(account, MailboxName.INBOX).highestModSeq();
            assertThat(last).isGreaterThan(200);
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void whatANodeDidItselfIsNotNewsToIt() throws InterruptedException {
        try (Watch watch = store.mail.watch(inbox, told::add)) {
            together();
            store.append(account, TEXT, Flags.NONE);
            assertThat(told.poll()).as("told at once").isEqualTo(inbox.mailbox());
            there.mail.create(account, new MailboxName("behind"), Optional.empty());
            try (Watch tree = store.mail.watchTree(account, told::add)) {
                there.mail.create(account, new MailboxName("behind-it"), Optional.empty());
                Object heard = next();
                assertThat(heard).as("not the mailbox again").isEqualTo(account);
                assertThat(tree).isNotNull();
            }
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void aNodeThatIsAloneTellsNobody() throws SQLException {
        telling.start();
        soon(telling::listens);
        try (Connection ear = database.source().getConnection();
                Statement statement = ear.createStatement()) {
            statement.execute("listen wildpost_news");
            there.append(account, TEXT, Flags.NONE);
            assertThat(ear.unwrap(PGConnection.class).getNotifications(300)).isNullOrEmpty();
        }
        assertThat(telling.hasOthers()).isFalse();
    }

    @Test
    void aConnectionThatBreaksIsMadeAnewAndAllThatIsWatchedIsLookedAt() throws InterruptedException {
        try (Watch watch = store.mail.watch(inbox, told::add)) {
            together();
            database.statement(connection -> Sql.list(
                    connection,
                    "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' or pid in"
                            + " (select pid from pg_locks where locktype = 'advisory' and mode = 'ShareLock')",
                    row -> true));
            assertThat(next()).as("whatever was told meanwhile").isEqualTo(inbox.mailbox());
            soon(() -> telling.listens() && telling.hasOthers());
            told.clear();
            there.append(account, TEXT, Flags.NONE);
            assertThat(next()).isEqualTo(inbox.mailbox());
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void aNodeThatLeavesIsNotToldAnyMore() {
        together();
        hearing.stop();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (telling.hasOthers() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(telling.hasOthers()).isFalse();
    }
}
