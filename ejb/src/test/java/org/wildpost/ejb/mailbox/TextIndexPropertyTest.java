// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.search.SearchKey;
import org.wildpost.persistence.search.IndexedMailboxes;

/** The same searches find the same before a mailbox is indexed, while it is, and afterwards, on a real PostgreSQL. */
class TextIndexPropertyTest extends StoreTest {
    private static final int MESSAGES = 50;
    private static final int SEARCHES = 120;
    private static final String LETTERS =
            "abcdeABE019\u00e9\u00c9\u00df\u03b1\u0436\u4f1a\u8bae\u4e1c\u0301\u30ab\u3099\u0e01\u0e31";
    private static final String BETWEEN = "      .,-_'@\u3001";

    private final Random random = new Random(11);
    private final List<String> texts = new ArrayList<>();

    @Test
    void aSearchFindsTheSameBeforeAndAfterIndexing() {
        appendSome(MESSAGES);
        List<SearchKey> keys = new ArrayList<>();
        for (int i = 0; i < SEARCHES; i++) {
            keys.add(key(3));
        }
        List<long[]> before =
                keys.stream().map(key -> store.mail.search(inbox, key)).toList();
        database.transaction(connection -> {
            new IndexedMailboxes(connection).want(inbox);
            return inbox;
        });
        store.indexer.catchUp();
        same(inbox, keys, before, "indexed");

        appendSome(10);
        List<long[]> more = new ArrayList<>();
        MailboxRef archive = copied();
        keys.forEach(key -> more.add(store.mail.search(archive, key)));
        same(inbox, keys, more, "partly indexed");
        store.indexer.catchUp();
        same(inbox, keys, more, "indexed again");
        assertThat(more).anyMatch(uids -> uids.length == 0).anyMatch(uids -> uids.length > 20);
    }

    /** A mailbox with the same messages that nobody indexed. */
    private MailboxRef copied() {
        MailboxName archive = new MailboxName("Archive");
        store.mail.copy(inbox, store.mail.search(inbox, new SearchKey.All()), archive);
        return store.ref(account, archive);
    }

    private void same(MailboxRef mailbox, List<SearchKey> keys, List<long[]> expected, String when) {
        for (int i = 0; i < keys.size(); i++) {
            assertThat(store.mail.search(mailbox, keys.get(i)))
                    .as(when + ": " + keys.get(i))
                    .isEqualTo(expected.get(i));
        }
    }

    private void appendSome(int count) {
        for (int i = 0; i < count; i++) {
            String subject = text(5);
            String body = text(random.nextInt(8) == 0 ? 200 : 20);
            texts.add(subject);
            texts.add(body);
            String encoded = Base64.getEncoder().encodeToString(subject.getBytes(StandardCharsets.UTF_8));
            String message = "Subject: " + (i % 2 == 0 ? subject : "=?utf-8?b?" + encoded + "?=") + "\r\nX-Id: "
                    + Long.toString(random.nextLong(), 36) + "\r\n\r\n" + body + "\r\n";
            store.append(account, message, i % 3 == 0 ? Flags.of(SystemFlag.SEEN) : Flags.NONE);
        }
    }

    private String text(int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            int length = random.nextInt(60) == 0 ? 150 : 1 + random.nextInt(6);
            text.append(some(LETTERS, length)).append(some(BETWEEN, 1));
        }
        return text.toString();
    }

    private String some(String characters, int length) {
        return random.ints(length, 0, characters.length())
                .mapToObj(i -> characters.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    private SearchKey key(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 4)) {
            case 0, 1 -> new SearchKey.Text(wanted());
            case 2 -> new SearchKey.Body(wanted());
            case 3 -> new SearchKey.Fuzzy(new SearchKey.Text(wanted()));
            case 4 -> new SearchKey.Not(key(depth - 1));
            case 5 -> new SearchKey.Or(key(depth - 1), key(depth - 1));
            case 6 -> new SearchKey.And(List.of(key(depth - 1), key(depth - 1)));
            case 7 -> new SearchKey.And(List.of(new SearchKey.HasFlag(SystemFlag.SEEN), key(depth - 1)));
            default -> new SearchKey.Fuzzy(new SearchKey.Or(key(depth - 1), key(depth - 1)));
        };
    }

    /** A stretch of what is there, in another case at times, or a few characters that may be nowhere. */
    private String wanted() {
        if (random.nextInt(5) == 0) {
            return some(LETTERS, 1 + random.nextInt(3));
        }
        String text = texts.get(random.nextInt(texts.size()));
        int from = random.nextInt(text.length());
        int longest = random.nextInt(10) == 0 ? 160 : 8;
        String stretch = text.substring(from, from + random.nextInt(Math.min(longest, text.length() - from)) + 1);
        return random.nextBoolean() ? stretch : stretch.toUpperCase(Locale.ROOT).replace("SS", "\u00df");
    }
}
