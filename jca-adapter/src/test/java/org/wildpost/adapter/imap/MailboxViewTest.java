// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/** RFC 9051 §2.3.1.2 and §7.4, §7.5: numbers and what is said about them when. */
class MailboxViewTest {
    private static final Flags SEEN = Flags.of(SystemFlag.SEEN);

    static MailboxView view(long... uids) {
        MailboxStatus status = new MailboxStatus(
                new MailboxId(1), MailboxName.INBOX, Optional.empty(), 1, 100, 10, uids.length, 0, 0, 8, 0);
        List<List<String>> keywords =
                Arrays.stream(uids).mapToObj(uid -> List.<String>of()).toList();
        MailboxSnapshot snapshot =
                new MailboxSnapshot(status, uids, new int[uids.length], keywords, new long[uids.length]);
        return new MailboxView(
                new MailboxRef(new AccountId(1), new MailboxId(1)), new OpenResult.Opened(snapshot, 8), false);
    }

    private static Changes changes(List<Changes.Changed> changed, long... expunged) {
        return new Changes(true, 20, 200, changed, expunged);
    }

    private static Changes.Changed message(long uid, Flags flags) {
        return new Changes.Changed(uid, flags, 15);
    }

    private static List<String> said(MailboxView view, boolean expunges) throws IOException {
        ScriptedConnection connection = new ScriptedConnection(true);
        view.announce(new ImapWriter(connection), expunges);
        return connection.output().lines().toList();
    }

    private static SequenceSet set(long first, long last) {
        return new SequenceSet(new long[] {first}, new long[] {last});
    }

    @Test
    void countsExpungesFromTheTopAsTheClientDoes() throws Exception {
        MailboxView view = view(3, 5, 8, 9, 12);
        view.apply(changes(List.of(), 3, 8, 9));
        assertThat(said(view, true)).containsExactly("* 1 EXPUNGE", "* 2 EXPUNGE", "* 2 EXPUNGE");
        assertThat(view.sequence(5)).isEqualTo(1);
        assertThat(view.sequence(12)).isEqualTo(2);
        assertThat(view.sequence(8)).isZero();
        assertThat(said(view, true)).isEmpty();
    }

    @Test
    void keepsNumbersWhileExpungesMayNotBeSaid() throws Exception {
        MailboxView view = view(3, 5, 8);
        view.apply(changes(List.of(message(9, Flags.NONE)), 5));
        assertThat(said(view, false)).containsExactly("* 4 EXISTS", "* 2 RECENT");
        assertThat(view.sequence(8)).isEqualTo(3);
        assertThat(view.sequence(9)).isEqualTo(4);
        assertThat(said(view, true)).containsExactly("* 2 EXPUNGE");
        assertThat(view.sequence(9)).isEqualTo(3);
    }

    @Test
    void saysExpungesBeforeTheNewCount() throws Exception {
        MailboxView view = view(3, 5);
        view.apply(changes(List.of(message(9, Flags.NONE), message(10, SEEN)), 3));
        assertThat(said(view, true)).containsExactly("* 1 EXPUNGE", "* 3 EXISTS", "* 2 RECENT");
    }

    @Test
    void neverMentionsAMessageThatCameAndWentUnheard() throws Exception {
        MailboxView view = view(3);
        view.apply(changes(List.of(message(9, Flags.NONE))));
        view.apply(changes(List.of(message(10, Flags.NONE)), 9));
        assertThat(said(view, true)).containsExactly("* 2 EXISTS", "* 1 RECENT");
        assertThat(view.sequence(10)).isEqualTo(2);
    }

    @Test
    void hidesNewMessagesUntilTheyAreCounted() {
        MailboxView view = view(3);
        view.apply(changes(List.of(message(9, Flags.NONE))));
        assertThat(view.sequence(9)).isZero();
        assertThat(view.existing(set(1, SequenceSet.STAR), true)).containsExactly(3);
        assertThat(view.resolve(set(2, 2), false)).isEmpty();
    }

    @Test
    void tellsChangedFlagsOnceAndOnlyWhenTheyDiffer() throws Exception {
        MailboxView view = view(3, 9);
        view.apply(changes(List.of(message(3, Flags.NONE), message(9, SEEN))));
        assertThat(said(view, false)).containsExactly("* 2 FETCH (UID 9 FLAGS (\\Seen \\Recent))");
        view.apply(changes(List.of(message(9, SEEN))));
        assertThat(said(view, false)).isEmpty();
    }

    @Test
    void namesNewKeywordsBeforeTheyAreUsed() throws Exception {
        MailboxView view = view(3);
        view.apply(changes(List.of(message(3, new Flags(0, List.of("work"))))));
        assertThat(said(view, false))
                .containsExactly(
                        "* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $Forwarded $MDNSent $Junk $NonJunk $Phishing work)",
                        "* 1 FETCH (UID 3 FLAGS (work))");
    }

    @Test
    void resolvesSetsOfSequenceNumbersStrictly() {
        MailboxView view = view(3, 5, 8);
        assertThat(view.resolve(set(1, SequenceSet.STAR), false)).hasValue(new long[] {3, 5, 8});
        assertThat(view.resolve(set(SequenceSet.STAR, SequenceSet.STAR), false)).hasValue(new long[] {8});
        assertThat(view.resolve(set(2, 4), false)).isEmpty();
        assertThat(view.resolve(set(4, SequenceSet.STAR), false)).isEmpty();
        assertThat(view().resolve(set(1, SequenceSet.STAR), false)).isEmpty();
        assertThat(view().resolve(set(SequenceSet.STAR, SequenceSet.STAR), false))
                .isEmpty();
    }

    @Test
    void resolvesSetsOfUidsLeniently() {
        MailboxView view = view(3, 5, 8);
        assertThat(view.resolve(set(4, 6), true)).hasValue(new long[] {5});
        assertThat(view.resolve(set(900, SequenceSet.STAR), true)).hasValue(new long[] {8});
        assertThat(view.resolve(set(900, 901), true)).hasValue(new long[] {});
        assertThat(view().resolve(set(1, SequenceSet.STAR), true)).hasValue(new long[] {});
        SequenceSet overlapping = new SequenceSet(new long[] {5, 1}, new long[] {8, 5});
        assertThat(view.resolve(overlapping, true)).hasValue(new long[] {3, 5, 8});
    }

    @Test
    void knowsRecentAndUnseen() {
        MailboxView view = view(3, 5, 8, 9);
        assertThat(view.recentCount()).isEqualTo(2);
        assertThat(view.firstUnseen()).isEqualTo(1);
        view.learn(3, SEEN);
        assertThat(view.firstUnseen()).isEqualTo(2);
    }

    @Test
    void agreesWithAClientThatCountsForItself() throws Exception {
        java.util.Random random = new java.util.Random(9051);
        for (int round = 0; round < 300; round++) {
            java.util.TreeSet<Long> truth = new java.util.TreeSet<>(List.of(1L, 2L, 3L));
            List<Long> client = new java.util.ArrayList<>(truth);
            MailboxView view = view(1, 2, 3);
            long next = 4;
            for (int step = 0; step < 30; step++) {
                List<Changes.Changed> added = new java.util.ArrayList<>();
                for (int n = random.nextInt(3); n > 0; n--) {
                    truth.add(next);
                    added.add(message(next++, Flags.NONE));
                }
                long[] gone = truth.stream()
                        .filter(uid -> random.nextInt(4) == 0)
                        .mapToLong(u -> u)
                        .toArray();
                Arrays.stream(gone).forEach(truth::remove);
                view.apply(changes(added, gone));
                for (String line : said(view, random.nextBoolean())) {
                    String[] words = line.split(" ");
                    if (words[2].equals("EXPUNGE")) {
                        client.remove(Integer.parseInt(words[1]) - 1);
                    } else if (words[2].equals("EXISTS")) {
                        while (client.size() < Integer.parseInt(words[1])) {
                            client.add(-1L);
                        }
                    }
                }
                long[] known = view.existing(set(1, SequenceSet.STAR), false);
                assertThat(known).hasSameSizeAs(client.toArray());
                for (int i = 0; i < known.length; i++) {
                    assertThat(client.get(i)).isIn(-1L, known[i]);
                    client.set(i, known[i]);
                }
            }
            said(view, true);
            assertThat(view.existing(set(1, SequenceSet.STAR), false))
                    .containsExactly(truth.stream().mapToLong(u -> u).toArray());
        }
    }
}
