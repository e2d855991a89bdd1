// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.search.SearchKey.EnvelopeField;
import org.wildpost.core.thread.ThreadAlgorithm;
import org.wildpost.core.thread.ThreadForest;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.migration.Migrations;
import org.wildpost.persistence.search.IndexedMailboxes;

/** The database of the first version, filled by it, comes up with this one: everything is listed, fetched, searched and threaded. */
class UpgradeTest {
    /** The newest file of the first version. */
    private static final String FIRST_VERSION = "5";

    private static final AccountId ALICE = new AccountId(1);
    private static final AccountId BOB = new AccountId(2);

    /** Composed, as V6 makes it (RFC 5198 §3). */
    private static final MailboxName PROJECTS = new MailboxName("Projects/K\u00f6ln");

    private static PooledDatabase database;

    private final Store store = new Store(database);
    private final MailboxRef inbox = store.ref(ALICE, MailboxName.INBOX);

    @BeforeAll
    static void upgrade() {
        database = new PooledDatabase(UpgradeTest::fill);
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    private static void fill(DataSource source) {
        new Migrations(source).apply(FIRST_VERSION);
        try (InputStream in = UpgradeTest.class.getResourceAsStream("first.sql");
                Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(in).isNotNull();
            statement.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void listsEveryMailboxWithItsCounters() {
        MailboxList list = store.mail.list(ALICE);

        assertThat(list.mailboxes())
                .extracting(MailboxStatus::name)
                .contains(MailboxName.INBOX, PROJECTS)
                .hasSize(8);
        assertThat(list.subscriptions()).contains(MailboxName.INBOX, PROJECTS);
        for (MailboxStatus status : list.mailboxes()) {
            assertThat(Store.counters(status))
                    .as(status.name().value())
                    .isEqualTo(store.recount(new MailboxRef(ALICE, status.id())));
        }
        MailboxStatus status = store.status(ALICE, MailboxName.INBOX);
        assertThat(status.messages()).isEqualTo(FirstMail.all().size());
        assertThat(status.uidValidity()).isEqualTo(1);
        assertThat(status.uidNext()).isEqualTo(10);
        assertThat(status.highestModSeq()).isGreaterThanOrEqualTo(11);
    }

    @ParameterizedTest
    @MethodSource("org.wildpost.ejb.mailbox.FirstMail#all")
    void fetchesEveryMessage(FirstMail mail) throws IOException {
        byte[] octets = mail.text().getBytes(StandardCharsets.UTF_8);
        FetchRow row = store.fetch(inbox, mail.uid()).getFirst();

        assertThat(row.flags()).isEqualTo(mail.flags());
        assertThat(row.size()).isEqualTo(octets.length);
        assertThat(row.internalDate())
                .isEqualTo(Instant.parse("2024-01-05T06:07:08Z").plusSeconds(60 * (mail.uid() - 1)));
        assertThat(store.mail.content(inbox, mail.uid(), 0, 1 << 20)).hasValue(octets);
        try (SpooledMessage spooled = SpooledMessage.of(octets)) {
            MessageIndex now = MimeIndexer.index(spooled);
            assertThat(row.structure()).hasValue(now.root());
            // The first version kept no references; they are read where they are needed.
            assertThat(row.envelope())
                    .get()
                    .usingRecursiveComparison()
                    .ignoringFields("references")
                    .isEqualTo(now.envelope());
        }
    }

    /** A message for two, and one that stands in two mailboxes. */
    @Test
    void knowsMessagesAgainInOtherPlaces() {
        MailboxRef bobs = store.ref(BOB, MailboxName.INBOX);
        assertThat(store.mail.content(bobs, 1, 0, 1 << 20))
                .hasValue(
                        ("Delivered-To: bob@demo.test\r\n" + FirstMail.PLAIN.text()).getBytes(StandardCharsets.UTF_8));
        MailboxRef projects = store.ref(ALICE, PROJECTS);
        assertThat(store.mail.content(projects, 2, 0, 1 << 20))
                .hasValue(FirstMail.ANSWER.text().getBytes(StandardCharsets.UTF_8));
        assertThat(store.fetch(projects, 2).getFirst().flags()).isEqualTo(FirstMail.ANSWER.flags());

        assertThat(thread(projects, 2)).isEqualTo(thread(inbox, 3));
    }

    static Stream<Arguments> searches() {
        return Stream.of(
                Arguments.of(new SearchKey.All(), "1 2 3 4 5 6 7 8"),
                Arguments.of(new SearchKey.HasFlag(SystemFlag.SEEN), "2 3"),
                Arguments.of(new SearchKey.HasFlag(SystemFlag.DELETED), "5"),
                Arguments.of(new SearchKey.HasKeyword("$work"), "3"),
                Arguments.of(new SearchKey.InEnvelope(EnvelopeField.SUBJECT, "plans"), "2 3 4"),
                Arguments.of(new SearchKey.InEnvelope(EnvelopeField.SUBJECT, "\u4f1a\u8bae"), "5"),
                Arguments.of(new SearchKey.InEnvelope(EnvelopeField.SUBJECT, "gr\u00fc\u00dfe"), "6"),
                Arguments.of(new SearchKey.InEnvelope(EnvelopeField.FROM, "\u5f20\u4e09"), "5"),
                Arguments.of(new SearchKey.Header("message-id", "last@y"), "4"),
                Arguments.of(new SearchKey.Body("needle"), "1"),
                Arguments.of(new SearchKey.Body("\u65e5\u7a0b"), "5"),
                Arguments.of(new SearchKey.Body("k\u00f6nnte"), "6"),
                Arguments.of(new SearchKey.Body("deep"), "7"),
                Arguments.of(new SearchKey.Text("innermost"), "7"),
                Arguments.of(new SearchKey.Sent(SearchKey.When.ON, LocalDate.of(2024, 1, 2)), "2 3 4"),
                Arguments.of(new SearchKey.Saved(SearchKey.When.ON, LocalDate.of(2024, 1, 5)), "1 2 3 4 5 6 7 8"));
    }

    /** Before the index of words knows these messages, and after. */
    @ParameterizedTest
    @MethodSource("searches")
    void findsEveryMessage(SearchKey key, String expected) {
        assertThat(found(key)).isEqualTo(expected);
        database.transaction(connection -> {
            new IndexedMailboxes(connection).want(inbox);
            return inbox;
        });
        store.indexer.catchUp();
        assertThat(found(key)).as("by words").isEqualTo(expected);
    }

    private String found(SearchKey key) {
        return LongStream.of(store.mail.search(inbox, key))
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    @Test
    void putsConversationsTogether() {
        ThreadForest forest = store.mail.thread(inbox, ThreadAlgorithm.REFERENCES, new SearchKey.All());

        assertThat(forest.uids()).containsExactly(1, 2, 3, 4, 8, 5, 6, 7);
        assertThat(forest.depths()).containsExactly(0, 0, 1, 2, 1, 0, 0, 0);
        assertThat(List.of(thread(inbox, 3), thread(inbox, 4), thread(inbox, 8)))
                .containsOnly(thread(inbox, 2));
        assertThat(thread(inbox, 1)).isNotEqualTo(thread(inbox, 2));
    }

    private long thread(MailboxRef mailbox, long uid) {
        return store.mail
                .fetch(mailbox, new long[] {uid}, Set.of(FetchDetail.THREAD))
                .getFirst()
                .identity()
                .orElseThrow()
                .threadId()
                .orElseThrow();
    }

    /** A client that synchronised with the first version hears what it must since (RFC 7162 §3.2.5). */
    @Test
    void tellsWhatWasExpungedBefore() {
        assertThat(store.mail.vanished(inbox, 10).uids()).containsExactly(9);
    }

    @Test
    void goesOnWhereItWas() {
        MailboxRef bobs = store.ref(BOB, MailboxName.INBOX);
        long uid = store.append(BOB, "Subject: new\r\n\r\nnew needle\r\n", Flags.NONE);
        assertThat(uid).isEqualTo(2);
        store.flag(bobs, Flags.of(SystemFlag.DELETED), 1);
        assertThat(store.mail.expunge(bobs, Optional.empty())).containsExactly(1);
        assertThat(store.mail.search(bobs, new SearchKey.Body("needle"))).containsExactly(2);
        List<Long> ids =
                database.statement(connection -> Sql.list(connection, "select id from message", row -> row.getLong(1)));
        assertThat(ids.stream().distinct().count()).isGreaterThanOrEqualTo(9);
    }
}
