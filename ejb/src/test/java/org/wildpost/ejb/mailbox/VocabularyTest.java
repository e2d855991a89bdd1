// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.search.WordQuery;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.search.IndexedMailboxes;
import org.wildpost.persistence.search.WordHits;
import org.wildpost.persistence.search.WordSearch;

/** The words of a mailbox, their limits, and what becomes of them, on a real PostgreSQL. */
class VocabularyTest extends StoreTest {
    private void append(String body) {
        store.append(account, "Subject: x\r\n\r\n" + body + "\r\n", Flags.NONE);
    }

    private long[] search(SearchKey key) {
        return store.mail.search(inbox, key);
    }

    private void indexed(MailboxRef mailbox) {
        database.transaction(connection -> {
            new IndexedMailboxes(connection).want(mailbox);
            return mailbox;
        });
        store.indexer.catchUp();
    }

    private WordHits hits(String text) {
        return database.statement(
                connection -> new WordSearch(connection, inbox, Long.MAX_VALUE).find(WordQuery.of(text), false));
    }

    private static long count(String sql, MailboxRef mailbox) {
        return count(sql, mailbox.mailbox().value());
    }

    private static String words(int count, String pattern) {
        return IntStream.range(0, count).mapToObj(pattern::formatted).collect(Collectors.joining("\r\n"));
    }

    @Test
    void looksAtMessagesWhoseWordsAreBeyondTheMost() {
        append(words(WordSearch.MOST_WORDS, "%dq"));
        append("the last antiiiiiq lamp");
        append("nothing of this");
        append("green lamp");
        for (int round = 0; round < 2; round++) {
            assertThat(search(new SearchKey.Body("q"))).as("word, " + round).containsExactly(1, 2);
            assertThat(search(new SearchKey.Body("q lamp")))
                    .as("words, " + round)
                    .containsExactly(2);
            assertThat(search(new SearchKey.Not(new SearchKey.Body("q"))))
                    .as("not, " + round)
                    .containsExactly(3, 4);
            indexed(inbox);
        }
        assertThat(hits("q").complete()).isFalse();
        assertThat(hits("q").sure()).containsExactly(1);
        assertThat(hits("q lamp").unsure()).as("those with the other word").containsExactly(2, 4);
        assertThat(hits("q ").complete()).as("nothing else to go by").isFalse();
        assertThat(hits("iiq").complete()).isTrue();
    }

    @Test
    void looksAtMessagesThatHaveMoreWordsThanAreIndexed() {
        append(words(60_000, "somewhatlong%d") + "\r\nverylast");
        append("short");
        for (int round = 0; round < 2; round++) {
            assertThat(search(new SearchKey.Body("rylas")))
                    .as("beyond, " + round)
                    .containsExactly(1);
            assertThat(search(new SearchKey.Body("hatlong0")))
                    .as("within, " + round)
                    .containsExactly(1);
            assertThat(search(new SearchKey.Not(new SearchKey.Text("short"))))
                    .as("not, " + round)
                    .containsExactly(1);
            indexed(inbox);
        }
        assertThat(hits("short").unsure()).containsExactly(1);
    }

    /** What two deliveries of the same octets say before them differs. */
    @Test
    void tellsDeliveriesOfTheSameOctetsApart() throws IOException {
        SpooledMessage message = SpooledMessage.of("Subject: x\r\n\r\nbody\r\n".getBytes(StandardCharsets.UTF_8));
        store.appender.append(message, MimeIndexer.index(message), List.of(target("anna"), target("berta")));
        for (int round = 0; round < 2; round++) {
            assertThat(search(new SearchKey.Text("nna"))).as("first, " + round).containsExactly(1);
            assertThat(search(new SearchKey.Text("erta")))
                    .as("second, " + round)
                    .containsExactly(2);
            assertThat(search(new SearchKey.Text("bod"))).as("both, " + round).containsExactly(1, 2);
            indexed(inbox);
        }
    }

    private MessageAppender.Target target(String name) {
        byte[] prefix = ("Delivered-To: " + name + "\r\n").getBytes(StandardCharsets.UTF_8);
        return new MessageAppender.Target(account, MailboxName.INBOX, prefix, Flags.NONE, Store.NOW);
    }

    /** As the migration leaves mailboxes that were indexed before. */
    @Test
    void aMailboxThatIsToBeIndexedAgainIsSearchedAsIfItWereNot() {
        append("the garden");
        indexed(inbox);
        database.transaction(connection -> Sql.update(
                connection,
                "with gone as (delete from mailbox_vocabulary where mailbox_id = ?)"
                        + " update mailbox_words set indexed_uid = 0, noted = 0 where mailbox_id = ?",
                inbox.mailbox().value(),
                inbox.mailbox().value()));

        assertThat(search(new SearchKey.Text("arde"))).containsExactly(1);
        store.indexer.catchUp();
        assertThat(search(new SearchKey.Text("arde"))).containsExactly(1);
        assertThat(hits("arde").sure()).containsExactly(1);
    }

    @Test
    void joinsSmallBatches() {
        for (int i = 0; i < 40; i++) {
            append("common word%d".formatted(i));
            indexed(inbox);
        }
        for (int i = 0; i < 40; i++) {
            assertThat(search(new SearchKey.Body("ord" + i + " ")))
                    .as("word " + i)
                    .isEmpty();
            assertThat(search(new SearchKey.Body("mon word" + i + "\r")))
                    .as("words " + i)
                    .containsExactly(i + 1);
        }
        assertThat(count(
                        "select count(distinct batch) from mailbox_vocabulary where not in_header and mailbox_id = ?",
                        inbox))
                .isBetween(1L, 7L);
    }

    @Test
    void forgetsWordsOfManyMessagesThatAreGone() {
        append("garden");
        store.append(account, "Subject: x\r\n\r\nzebra\r\n", Flags.of(SystemFlag.DELETED));
        indexed(inbox);
        store.mail.expunge(inbox, Optional.empty());
        String zebras = "select count(*) from mailbox_vocabulary where strpos(words, 'ZEBRA') > 0 and mailbox_id = ?";
        store.indexer.catchUp();
        assertThat(count(zebras, inbox)).as("a few may stay").isEqualTo(1);

        database.transaction(connection -> Sql.update(
                connection,
                "update mailbox_words set noted = 2000 where mailbox_id = ?",
                inbox.mailbox().value()));
        store.indexer.catchUp();

        assertThat(count(zebras, inbox)).isZero();
        assertThat(hits("arde").sure()).containsExactly(1);
        assertThat(count("select noted from mailbox_words where mailbox_id = ?", inbox))
                .isEqualTo(1);
    }

    @Test
    void aMailboxThatIsDeletedTakesItsWordsWithIt() {
        append("garden");
        MailboxName name = new MailboxName("Old");
        store.mail.create(account, name, Optional.empty());
        store.mail.copy(inbox, new long[] {1}, name);
        MailboxRef old = store.ref(account, name);
        indexed(old);
        assertThat(count("select count(*) from mailbox_vocabulary where mailbox_id = ?", old))
                .isPositive();

        store.mail.delete(account, name);

        assertThat(count("select count(*) from mailbox_vocabulary where mailbox_id = ?", old))
                .isZero();
    }
}
