// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.SnapshotBuilder;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/** RFC 9051 §2.3.1.2 and §7.4, §7.5: numbers and what is said about them when. */
class MailboxViewTest {
    private static final Flags SEEN = Flags.of(SystemFlag.SEEN);

    /** A view and the mailbox behind it. */
    private static final class Selected {
        final MailboxView view;
        MailboxSnapshot now;

        Selected(long... uids) {
            SnapshotBuilder builder = new SnapshotBuilder();
            Arrays.stream(uids).forEach(uid -> builder.add(uid, 0, List.of(), 1));
            now = builder.build(100, 10);
            view = view(now);
        }

        void happens(List<Changes.Changed> changed, long... expunged) {
            now = now.with(new Changes(true, true, now.highestModSeq() + 1, 200, changed, expunged));
            view.apply(now);
        }

        Changes.Changed message(long uid, Flags flags) {
            return new Changes.Changed(uid, flags, now.highestModSeq() + 1);
        }

        List<String> said(boolean expunges) throws IOException {
            return said(expunges, Set.of());
        }

        List<String> said(boolean expunges, Set<Extension> enabled) throws IOException {
            ScriptedConnection connection = new ScriptedConnection(true);
            view.announce(new MessageLines(new ImapWriter(connection), enabled), expunges);
            return connection.output().lines().toList();
        }
    }

    static MailboxView view(MailboxSnapshot snapshot) {
        MailboxStatus status = new MailboxStatus(
                new MailboxId(1), MailboxName.INBOX, Optional.empty(), 1, 100, 10, snapshot.size(), 0, 0, 8, 0);
        MailboxRef ref = new MailboxRef(new AccountId(1), new MailboxId(1));
        OpenResult.Opened opened = new OpenResult.Opened(ref, status, snapshot, 8);
        return new MailboxView(opened, false, new RecentMessages(new RecentMarks(), opened, true));
    }

    static MailboxView view(long... uids) {
        return new Selected(uids).view;
    }

    private static SequenceSet set(long first, long last) {
        return new SequenceSet(new long[] {first}, new long[] {last});
    }

    @Test
    void countsExpungesFromTheTopAsTheClientDoes() throws Exception {
        Selected box = new Selected(3, 5, 8, 9, 12);
        box.happens(List.of(), 3, 8, 9);
        assertThat(box.said(true)).containsExactly("* 1 EXPUNGE", "* 2 EXPUNGE", "* 2 EXPUNGE");
        assertThat(box.view.sequence(5)).isEqualTo(1);
        assertThat(box.view.sequence(12)).isEqualTo(2);
        assertThat(box.view.sequence(8)).isZero();
        assertThat(box.said(true)).isEmpty();
    }

    @Test
    void keepsNumbersWhileExpungesMayNotBeSaid() throws Exception {
        Selected box = new Selected(3, 5, 8);
        box.happens(List.of(box.message(9, Flags.NONE)), 5);
        assertThat(box.said(false)).containsExactly("* 4 EXISTS", "* 2 RECENT");
        assertThat(box.view.sequence(8)).isEqualTo(3);
        assertThat(box.view.sequence(9)).isEqualTo(4);
        assertThat(box.said(true)).containsExactly("* 2 EXPUNGE");
        assertThat(box.view.sequence(9)).isEqualTo(3);
    }

    @Test
    void saysExpungesBeforeTheNewCount() throws Exception {
        Selected box = new Selected(3, 5);
        box.happens(List.of(box.message(9, Flags.NONE), box.message(10, SEEN)), 3);
        assertThat(box.said(true)).containsExactly("* 1 EXPUNGE", "* 3 EXISTS", "* 2 RECENT");
    }

    @Test
    void neverMentionsAMessageThatCameAndWentUnheard() throws Exception {
        Selected box = new Selected(3);
        box.happens(List.of(box.message(9, Flags.NONE)));
        box.happens(List.of(box.message(10, Flags.NONE)), 9);
        assertThat(box.said(true)).containsExactly("* 2 EXISTS", "* 1 RECENT");
        assertThat(box.view.sequence(10)).isEqualTo(2);
    }

    @Test
    void hidesNewMessagesUntilTheyAreCounted() {
        Selected box = new Selected(3);
        box.happens(List.of(box.message(9, Flags.NONE)));
        assertThat(box.view.sequence(9)).isZero();
        assertThat(box.view.existing(set(1, SequenceSet.STAR), true)).containsExactly(3);
        assertThat(box.view.resolve(set(2, 2), false)).isEmpty();
    }

    @Test
    void tellsChangedFlagsOnceAndOnlyWhenTheyDiffer() throws Exception {
        Selected box = new Selected(3, 9);
        box.happens(List.of(box.message(3, Flags.NONE), box.message(9, SEEN)));
        assertThat(box.said(false)).containsExactly("* 2 FETCH (UID 9 FLAGS (\\Seen \\Recent))");
        box.happens(List.of(box.message(9, SEEN)));
        assertThat(box.said(false)).isEmpty();
    }

    /** RFC 9051 §6.4.6: what the answer of STORE or FETCH said is not said again, what came after it is. */
    @Test
    void tellsNothingTwiceAndForgetsNothing() throws Exception {
        Selected box = new Selected(3);
        box.happens(List.of(box.message(3, SEEN)));
        box.view.heard(new Changes.Changed(3, SEEN, box.now.highestModSeq()));
        assertThat(box.said(true)).isEmpty();
        // An answer from the store may be newer than what was taken in; back to the old flags is news then.
        box.view.heard(new Changes.Changed(3, Flags.NONE, box.now.highestModSeq() + 1));
        assertThat(box.view.flags(3)).isEqualTo(Flags.NONE);
        assertThat(box.said(true)).isEmpty();
        box.happens(List.of());
        box.happens(List.of(box.message(3, SEEN)));
        assertThat(box.said(true)).containsExactly("* 1 FETCH (UID 3 FLAGS (\\Seen))");
    }

    /** What was stored and gone at once is asked for by its number still: it does not fall back. */
    @Test
    void keepsTheLastStateOfWhatMayNotGoYet() throws Exception {
        Selected box = new Selected(3, 5);
        box.view.heard(new Changes.Changed(3, SEEN, 11));
        box.happens(List.of());
        box.happens(List.of(), 3);
        assertThat(box.view.flags(3)).isEqualTo(SEEN);
        assertThat(box.said(false)).isEmpty();
        assertThat(box.view.flags(3)).isEqualTo(SEEN);
        assertThat(box.view.modSeq(3)).isEqualTo(11);
        assertThat(box.said(true)).containsExactly("* 1 EXPUNGE");
    }

    /** RFC 7162 §3.1.1 and §3.2.10.2, RFC 9586 §3.3. */
    @Test
    void speaksAsTheClientAsked() throws Exception {
        Selected box = new Selected(3, 4, 5, 9);
        box.happens(List.of(box.message(9, SEEN)), 3, 4);
        assertThat(box.said(true, Set.of(Extension.CONDSTORE)))
                .containsExactly("* 1 EXPUNGE", "* 1 EXPUNGE", "* 2 FETCH (UID 9 FLAGS (\\Seen \\Recent) MODSEQ (11))");
        box = new Selected(3, 4, 5, 9);
        box.happens(List.of(box.message(9, SEEN)), 3, 4);
        assertThat(box.said(true, Set.of(Extension.CONDSTORE, Extension.QRESYNC)))
                .containsExactly("* VANISHED 3:4", "* 2 FETCH (UID 9 FLAGS (\\Seen \\Recent) MODSEQ (11))");
        box = new Selected(3, 4, 5, 9);
        box.happens(List.of(box.message(9, SEEN)), 3, 4);
        assertThat(box.said(true, Set.of(Extension.UIDONLY)))
                .containsExactly("* VANISHED 3:4", "* 9 UIDFETCH (FLAGS (\\Seen \\Recent))");
    }

    /** RFC 7162 §3.1.1: who looks at MODSEQs hears of a new one though the flags are the old ones again. */
    @Test
    void tellsTheModSeqOfFlagsThatChangedThereAndBack() throws Exception {
        Selected box = new Selected(3);
        box.happens(List.of(box.message(3, Flags.NONE)));
        assertThat(box.said(true, Set.of(Extension.CONDSTORE)))
                .containsExactly("* 1 FETCH (UID 3 FLAGS () MODSEQ (11))");
    }

    /** RFC 7162 §3.1.2.1: a client must not believe to know everything while it was not told of what is gone. */
    @Test
    void movesTheToldModSeqOnOnlyWhenEverythingIsTold() throws Exception {
        Selected box = new Selected(3, 5);
        box.happens(List.of(box.message(5, SEEN)), 3);
        box.said(false);
        assertThat(box.view.modSeq()).isEqualTo(10);
        assertThat(box.view.modSeq(5)).isEqualTo(11);
        box.said(true);
        assertThat(box.view.modSeq()).isEqualTo(11);
    }

    @Test
    void namesNewKeywordsBeforeTheyAreUsed() throws Exception {
        Selected box = new Selected(3);
        box.happens(List.of(box.message(3, new Flags(0, List.of("work")))));
        assertThat(box.said(false))
                .containsExactly(
                        "* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $Forwarded $MDNSent $Junk $NonJunk $Phishing work)",
                        "* OK [PERMANENTFLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $Forwarded $MDNSent $Junk $NonJunk $Phishing work \\*)]"
                                + " keywords can be made",
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
    void knowsRecentAndUnseen() throws Exception {
        Selected box = new Selected(3, 5, 8, 9);
        assertThat(box.view.recentCount()).isEqualTo(2);
        assertThat(box.view.recent()).containsExactly(8, 9);
        assertThat(box.view.firstUnseen()).isEqualTo(1);
        box.happens(List.of(box.message(3, SEEN)));
        box.said(true);
        assertThat(box.view.firstUnseen()).isEqualTo(2);
    }

    @Test
    void agreesWithAClientThatCountsForItself() throws Exception {
        java.util.Random random = new java.util.Random(9051);
        for (int round = 0; round < 300; round++) {
            java.util.TreeSet<Long> truth = new java.util.TreeSet<>(List.of(1L, 2L, 3L));
            List<Long> client = new java.util.ArrayList<>(truth);
            Selected box = new Selected(1, 2, 3);
            long next = 4;
            for (int step = 0; step < 30; step++) {
                List<Changes.Changed> added = new java.util.ArrayList<>();
                for (int n = random.nextInt(3); n > 0; n--) {
                    truth.add(next);
                    added.add(box.message(next++, Flags.NONE));
                }
                long[] gone = truth.stream()
                        .filter(uid -> random.nextInt(4) == 0)
                        .mapToLong(u -> u)
                        .toArray();
                Arrays.stream(gone).forEach(truth::remove);
                box.happens(added, gone);
                for (String line : box.said(random.nextBoolean())) {
                    String[] words = line.split(" ");
                    if (words[2].equals("EXPUNGE")) {
                        client.remove(Integer.parseInt(words[1]) - 1);
                    } else if (words[2].equals("EXISTS")) {
                        while (client.size() < Integer.parseInt(words[1])) {
                            client.add(-1L);
                        }
                    }
                }
                long[] known = box.view.existing(set(1, SequenceSet.STAR), false);
                assertThat(known).hasSameSizeAs(client.toArray());
                for (int i = 0; i < known.length; i++) {
                    assertThat(client.get(i)).isIn(-1L, known[i]);
                    client.set(i, known[i]);
                }
            }
            box.said(true);
            assertThat(box.view.existing(set(1, SequenceSet.STAR), false))
                    .containsExactly(truth.stream().mapToLong(u -> u).toArray());
        }
    }
}
