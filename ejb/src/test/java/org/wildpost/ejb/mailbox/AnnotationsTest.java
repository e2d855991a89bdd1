// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AccessResult;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MetadataLimits;
import org.wildpost.core.listener.imap.MetadataQuery;
import org.wildpost.core.listener.imap.MetadataResult;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.mailbox.Mailboxes;

/** How many annotations there may be, and who is kept apart from whom (RFC 5464), on a real PostgreSQL. */
class AnnotationsTest extends StoreTest {
    private static final MetadataResult DONE = new MetadataResult.Done();
    private static final MetadataQuery ALL = new MetadataQuery(
            List.of(AnnotationName.parse("/private"), AnnotationName.parse("/shared")), MetadataQuery.ALL);
    private static final MailboxName SENT = SpecialUse.SENT.defaultName();

    private final Annotations annotations = annotations(database);

    private Annotations annotations(Database database) {
        ServerName name = new ServerName() {
            @Override
            public String get() {
                return "mail.demo.test";
            }
        };
        return new Annotations(database, name, store.events, new MetadataLimits(10, 2, 3));
    }

    @BeforeEach
    void noneOfTheServer() {
        database.statement(connection -> Sql.update(connection, "delete from server_annotation"));
    }

    @Test
    void allMailboxesOfAnAccountTogetherHaveALimit() {
        assertThat(set(MailboxName.INBOX, "/private/a")).isEqualTo(DONE);
        assertThat(set(MailboxName.INBOX, "/private/b")).isEqualTo(DONE);
        assertThat(set(SENT, "/private/a")).isEqualTo(DONE);

        assertThat(set(SENT, "/private/b")).isEqualTo(new MetadataResult.TooMany());
        assertThat(set(SENT, "/private/a")).isEqualTo(DONE);
        assertThat(set(store.account(), SENT, "/private/b")).isEqualTo(DONE);
    }

    @Test
    void everyReaderOfTheServersHasALimit() {
        assertThat(annotations.setOfServer(account, value("/private/a"))).isEqualTo(DONE);
        assertThat(annotations.setOfServer(account, value("/private/b"))).isEqualTo(DONE);

        assertThat(annotations.setOfServer(account, value("/private/c"))).isEqualTo(new MetadataResult.TooMany());
        assertThat(annotations.setOfServer(account, value("/private/a"))).isEqualTo(DONE);
        assertThat(annotations.setOfServer(store.account(), value("/private/c")))
                .isEqualTo(DONE);
    }

    @Test
    void removingMakesRoom() {
        annotations.setOfServer(account, value("/private/a"));
        annotations.setOfServer(account, value("/private/b"));
        assertThat(annotations.setOfServer(account, Map.of(AnnotationName.parse("/private/a"), Optional.empty())))
                .isEqualTo(DONE);

        assertThat(annotations.setOfServer(account, value("/private/c"))).isEqualTo(DONE);
    }

    /** Whoever may read another's mailbox has private values of their own there (RFC 5464 §3.3). */
    @Test
    void aReaderSeesTheSharedValuesAndNoPrivateOnesOfOthers() {
        AccountId reader = store.account();
        MailboxRef inbox = store.ref(account, MailboxName.INBOX);
        set(MailboxName.INBOX, "/private/a");
        set(MailboxName.INBOX, "/shared/b");

        assertThat(annotations.find(reader, List.of(inbox), ALL).get(inbox.mailbox()))
                .containsOnlyKeys(AnnotationName.parse("/shared/b"));
        assertThat(annotations.find(account, List.of(inbox), ALL).get(inbox.mailbox()))
                .containsOnlyKeys(AnnotationName.parse("/private/a"), AnnotationName.parse("/shared/b"));
    }

    /** Otherwise readers could leave an owner no room. */
    @Test
    void privateOnesCountForTheirReaderAndSharedOnesForTheOwner() {
        AccountId reader = reader();
        assertThat(annotations.set(reader, account, SENT, value("/private/a"))).isEqualTo(DONE);
        assertThat(annotations.set(reader, account, SENT, value("/private/b"))).isEqualTo(DONE);
        assertThat(annotations.set(reader, account, MailboxName.INBOX, value("/private/c")))
                .isEqualTo(DONE);
        assertThat(annotations.set(reader, account, MailboxName.INBOX, value("/private/d")))
                .isEqualTo(new MetadataResult.TooMany());
        assertThat(set(reader, SENT, "/private/e")).isEqualTo(new MetadataResult.TooMany());

        assertThat(annotations.set(reader, account, MailboxName.INBOX, value("/shared/a")))
                .isEqualTo(DONE);
        assertThat(set(SENT, "/private/a")).isEqualTo(DONE);
        assertThat(set(SENT, "/private/b")).isEqualTo(DONE);
        assertThat(set(MailboxName.INBOX, "/private/c")).isEqualTo(new MetadataResult.TooMany());
        assertThat(annotations.set(reader, account, MailboxName.INBOX, value("/shared/b")))
                .isEqualTo(new MetadataResult.TooMany());
    }

    /** What others set for themselves stays where they set it: in the new mailbox they could not remove it. */
    @Test
    void renamingInboxTakesNoPrivateOnesOfOthersAlong() {
        AccountId reader = reader();
        set(MailboxName.INBOX, "/private/a");
        set(MailboxName.INBOX, "/shared/b");
        annotations.set(reader, account, MailboxName.INBOX, value("/private/c"));

        MailboxName old = new MailboxName("old");
        store.mail.rename(account, MailboxName.INBOX, old);

        assertThat(entries(reader)).containsExactly("INBOX");
        assertThat(annotations
                        .find(account, List.of(store.ref(account, old)), ALL)
                        .get(store.ref(account, old).mailbox()))
                .containsOnlyKeys(AnnotationName.parse("/private/a"), AnnotationName.parse("/shared/b"));
    }

    /** Otherwise they would count for ever for somebody who cannot remove them. */
    @Test
    void privateOnesGoWithTheRightsOfTheirReader() {
        AccountId reader = store.neighbour(account);
        AccountId other = store.neighbour(account);
        grant(Identifier.EVERYBODY, "lr");
        grant(named(reader), "lr");
        annotations.set(reader, account, MailboxName.INBOX, value("/private/a"));
        annotations.set(other, account, MailboxName.INBOX, value("/private/a"));
        set(MailboxName.INBOX, "/private/a");
        set(MailboxName.INBOX, "/shared/a");

        grant(Identifier.EVERYBODY, "-r");
        assertThat(entries(reader)).containsExactly("INBOX");
        assertThat(entries(other)).isEmpty();
        grant(named(reader), "-r");
        assertThat(entries(reader)).isEmpty();
        grant(Identifier.EVERYBODY, "+r");
        annotations.set(reader, account, MailboxName.INBOX, value("/private/a"));
        grant(new Identifier(true, named(reader).address()), "+l");
        assertThat(entries(reader)).isEmpty();
        assertThat(count("select count(*) from mailbox_annotation where account_id = ?", account.value()))
                .isEqualTo(2);
    }

    /** What a reader alone sees is no news to others, whose changes need not wait for it. */
    @Test
    void privateOnesConcernTheirReaderAlone() {
        AccountId reader = reader();
        List<String> told = new ArrayList<>();
        store.events.watchTree(account, owner -> told.add("owner"));
        store.events.watchTree(reader, one -> told.add("reader"));
        store.events.watch(store.ref(account, MailboxName.INBOX).mailbox(), inbox -> told.add("all"));

        annotations.set(reader, account, MailboxName.INBOX, value("/private/a"));
        assertThat(told).containsExactly("reader");
        told.clear();
        annotations.set(reader, account, MailboxName.INBOX, value("/shared/a"));
        assertThat(told).containsExactly("all");
    }

    @Test
    void aPrivateOneDoesNotWaitForTheOwnersMailboxes() throws Exception {
        AccountId reader = reader();
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            MetadataResult result = database.transaction(connection -> {
                new Mailboxes(connection).lockTree(account);
                Future<MetadataResult> set =
                        other.submit(() -> annotations.set(reader, account, MailboxName.INBOX, value("/private/a")));
                try {
                    return set.get(20, TimeUnit.SECONDS);
                } catch (InterruptedException | ExecutionException | TimeoutException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(result).isEqualTo(DONE);
        }
    }

    /** What an account set for itself goes with it; what it set for all stays. */
    @Test
    void annotationsGoWithTheirReader() {
        annotations.setOfServer(account, value("/private/a"));
        database.statement(connection ->
                Sql.update(connection, "update account set super_admin = true where id = ?", account.value()));
        assertThat(annotations.setOfServer(account, value("/shared/b"))).isEqualTo(DONE);

        store.mail.deleteAll(account);
        database.statement(connection -> Sql.update(connection, "delete from account where id = ?", account.value()));

        assertThat(count("select count(*) from server_annotation")).isEqualTo(1);
    }

    /** The right goes when it was looked at already: what is set for that reader alone would stay for ever. */
    @Test
    @SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
    void nothingIsSetByWhoseRightGoesInThatMoment() {
        AccountId reader = reader();
        MailboxName shared =
                new SharedName(named(account).text(), MailboxName.INBOX).full().orElseThrow();
        store.mail.annotations = annotations(new Database() {
            @Override
            public <T> T transaction(Work<T> work) {
                grant(named(reader), "-r");
                grant(named(reader), "-w");
                return database.transaction(work);
            }

            @Override
            public <T> T statement(Work<T> work) {
                return database.statement(work);
            }
        });

        assertThat(store.guarded.annotate(reader, shared, value("/private/a")))
                .isEqualTo(new MetadataResult.NotPermitted());
        assertThat(entries(reader)).isEmpty();
    }

    /** The right goes when the annotation is set and not committed. */
    @Test
    void whatIsSetBeforeTheRightGoesGoesWithIt() throws Exception {
        AccountId reader = reader();
        try (ExecutorService owner = Executors.newSingleThreadExecutor()) {
            Future<AccessResult> revoked = database.transaction(connection -> {
                assertThat(annotations.set(reader, account, MailboxName.INBOX, value("/private/a")))
                        .isEqualTo(DONE);
                Future<AccessResult> going = owner.submit(() -> store.guarded.grant(
                        account,
                        MailboxName.INBOX,
                        named(reader),
                        RightsChange.parse("").orElseThrow()));
                until(() -> going.isDone() || count("select count(*) from pg_locks where not granted") > 0);
                return going;
            });
            assertThat(revoked.get(20, TimeUnit.SECONDS)).isEqualTo(new AccessResult.Done());
        }
        assertThat(entries(reader)).isEmpty();
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it does not come to that").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** An account that may read and annotate two mailboxes. */
    private AccountId reader() {
        AccountId reader = store.neighbour(account);
        for (MailboxName mailbox : List.of(MailboxName.INBOX, SENT)) {
            store.guarded.grant(
                    account, mailbox, named(reader), RightsChange.parse("lrw").orElseThrow());
        }
        return reader;
    }

    /** The mailboxes in which a reader has private ones, one for each. */
    private static List<String> entries(AccountId reader) {
        return database.statement(connection -> Sql.list(
                connection,
                "select name from mailbox_annotation join mailbox on mailbox.id = mailbox_id where reader_id = ?",
                row -> row.getString(1),
                reader.value()));
    }

    private void grant(Identifier identifier, String rights) {
        assertThat(store.guarded.grant(
                        account,
                        MailboxName.INBOX,
                        identifier,
                        RightsChange.parse(rights).orElseThrow()))
                .isEqualTo(new AccessResult.Done());
    }

    private MetadataResult set(MailboxName mailbox, String name) {
        return set(account, mailbox, name);
    }

    private MetadataResult set(AccountId owner, MailboxName mailbox, String name) {
        return annotations.set(owner, owner, mailbox, value(name));
    }

    private static Map<AnnotationName, Optional<byte[]>> value(String name) {
        return Map.of(AnnotationName.parse(name), Optional.of("x".getBytes(UTF_8)));
    }
}
