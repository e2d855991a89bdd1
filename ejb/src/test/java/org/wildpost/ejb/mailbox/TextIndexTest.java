// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.search.SearchKey;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.search.IndexedMailboxes;

/** BODY and TEXT answered by words, on a real PostgreSQL. */
class TextIndexTest extends StoreTest {
    @BeforeEach
    void fourMessages() {
        store.append(account, "Subject: Budget for spring\r\n\r\nThe red-green lamp is broken.\r\n", Flags.NONE);
        store.append(account, "Subject: lunch\r\n\r\nspringtime in the garden, green tea\r\n", Flags.NONE);
        store.append(
                account,
                "Subject: \u5468\u4f1a\r\n\r\n\u4f1a\u8bae\u8bb0\u5f55\u5728\u9644\u4ef6\u4e2d\r\n",
                Flags.NONE);
        store.append(account, "Subject: x\r\n\r\nthe green lamp, not red\r\n", Flags.NONE);
    }

    private long[] search(SearchKey key) {
        return store.mail.search(inbox, key);
    }

    /** The first search asks for the index; here it is made on this thread. */
    private void indexed() {
        database.transaction(connection -> {
            new IndexedMailboxes(connection).want(inbox);
            return inbox;
        });
        store.indexer.catchUp();
    }

    private long words() {
        return count("select count(*) from blob_words where account_id = ?", account.value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spring|1 2|2",
                "SPRINGTIME|2|2",
                "red-green lamp|1|1",
                "green lamp|1 4|1 4",
                "lamp green||",
                "green|1 2 4|1 2 4",
                "budget|1|",
                "\u4f1a\u8bae|3|3",
                "\u4f1a\u8bae\u8bb0\u5f55|3|3",
                "\u8bae\u5f55||",
                "\u5468|3|",
                "subject|1 2 3 4|",
                "'lamp, not'|4|4",
                "zebra||",
            })
    void findsByWordsWhatALookFinds(String text, String inText, String inBody) {
        for (int round = 0; round < 2; round++) {
            assertThat(search(new SearchKey.Text(text))).as("text, " + round).isEqualTo(uids(inText));
            assertThat(search(new SearchKey.Body(text))).as("body, " + round).isEqualTo(uids(inBody));
            indexed();
        }
        assertThat(words()).isEqualTo(4);
    }

    private static long[] uids(String text) {
        return text == null
                ? new long[0]
                : List.of(text.split(" ")).stream().mapToLong(Long::parseLong).toArray();
    }

    @Test
    void findsTextsWithinWords() {
        for (int round = 0; round < 2; round++) {
            assertThat(search(new SearchKey.Body("reen"))).as("body, " + round).containsExactly(1, 2, 4);
            assertThat(search(new SearchKey.Text("udge")))
                    .as("header, " + round)
                    .containsExactly(1);
            assertThat(search(new SearchKey.Text("dget for spr")))
                    .as("words, " + round)
                    .containsExactly(1);
            assertThat(search(new SearchKey.Fuzzy(new SearchKey.Text("amp reen"))))
                    .as("fuzzy, " + round)
                    .containsExactly(1, 4);
            assertThat(search(new SearchKey.Not(new SearchKey.Text("reen"))))
                    .as("not, " + round)
                    .containsExactly(3);
            indexed();
        }
    }

    @Test
    void looksAtWhatIsNotIndexedYet() {
        indexed();
        store.append(account, "Subject: y\r\n\r\ngreen again\r\n", Flags.NONE);
        assertThat(search(new SearchKey.Body("green"))).containsExactly(1, 2, 4, 5);
        assertThat(search(new SearchKey.Not(new SearchKey.Body("green")))).containsExactly(3);
        assertThat(search(new SearchKey.Body("green again"))).containsExactly(5);
    }

    @Test
    void answersWithinOtherKeys() {
        indexed();
        SearchKey key = new SearchKey.And(List.of(
                new SearchKey.Or(new SearchKey.Body("garden"), new SearchKey.Text("budget")),
                new SearchKey.Not(new SearchKey.Header("subject", "lunch"))));
        assertThat(search(key)).containsExactly(1);
    }

    @Test
    void copiesAndMovesCostNoIndexOfTheirOwn() {
        indexed();
        MailboxName archive = new MailboxName("Archive");
        store.mail.copy(inbox, new long[] {1}, archive);
        store.mail.move(inbox, new long[] {2}, archive);
        MailboxRef target = store.ref(account, archive);
        assertThat(store.mail.search(target, new SearchKey.Body("green"))).containsExactly(1, 2);
        database.transaction(connection -> {
            new IndexedMailboxes(connection).want(target);
            return target;
        });
        store.indexer.catchUp();
        assertThat(store.mail.search(target, new SearchKey.Body("green"))).containsExactly(1, 2);
        assertThat(search(new SearchKey.Body("green"))).containsExactly(1, 4);
        assertThat(words()).isEqualTo(4);
    }

    @Test
    void findsNothingOfAnotherAccount() {
        indexed();
        AccountId other = store.account();
        MailboxRef theirs = store.ref(other, MailboxName.INBOX);
        store.append(other, "Subject: z\r\n\r\nnothing here\r\n", Flags.NONE);
        database.transaction(connection -> {
            new IndexedMailboxes(connection).want(theirs);
            return theirs;
        });
        store.indexer.catchUp();
        assertThat(store.mail.search(theirs, new SearchKey.Body("green"))).isEmpty();
        assertThat(store.mail.search(theirs, new SearchKey.Body("nothing"))).containsExactly(1);
    }

    @Test
    void isDoneWhenTheLastMessagesAreGone() {
        store.append(account, "Subject: gone\r\n\r\nx\r\n", Flags.of(SystemFlag.DELETED));
        store.mail.expunge(inbox, Optional.empty());
        indexed();
        List<IndexedMailboxes.Behind> behind =
                database.statement(connection -> new IndexedMailboxes(connection).behind(10));
        assertThat(behind).isEmpty();
    }

    /** Its structure cannot be decoded, as if a disk had lied. */
    @Test
    void aMailboxThatCannotBeIndexedKeepsNoOtherWaiting() {
        AccountId other = store.account();
        MailboxRef broken = store.ref(other, MailboxName.INBOX);
        store.append(other, "Subject: z\r\n\r\ngreen\r\n", Flags.NONE);
        database.transaction(connection -> {
            Sql.update(
                    connection,
                    "update content set structure = '\\xff' from message m where m.mailbox_id = ?"
                            + " and content.blob_id = m.blob_id",
                    broken.mailbox().value());
            new IndexedMailboxes(connection).want(broken);
            return broken;
        });

        indexed();

        assertThat(words()).isEqualTo(4);
        database.transaction(connection -> Sql.update(
                connection,
                "delete from mailbox_words where mailbox_id = ?",
                broken.mailbox().value()));
    }
}
