// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.pop3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;

/** What every {@link Pop3Listener} does with a maildrop, the server's and the fakes of the protocol's tests alike (RFC 1939 §3 to §7). */
public interface MaildropContract {
    /** Who answers; its maildrop is empty and nobody's when a test begins. */
    Pop3Listener listener();

    AccountId owner();

    /** A message comes into INBOX. */
    void arrives(String message);

    /** Another session, of whatever protocol, removes a message. */
    void expungedElsewhere(long uid);

    /** So much time goes by that a lease ends that nobody renewed. */
    void leaseRunsOut();

    @Test
    default void listsMessagesAscendingByUidWithTheirOctets() {
        arrives("a: 1\r\n\r\n");
        arrives("a: 1\r\n\r\ntwo\r\n");
        arrives("a: 1\r\n\r\nno three\r\n");

        List<Maildrop.Message> messages = opened().messages();

        assertThat(messages).extracting(Maildrop.Message::uid).isSorted().doesNotHaveDuplicates();
        assertThat(messages).extracting(Maildrop.Message::size).containsExactly(8L, 13L, 18L);
    }

    @Test
    default void anEmptyMaildropOpensToo() {
        Maildrop maildrop = opened();

        assertThat(maildrop.messages()).isEmpty();
        assertThat(maildrop.mailbox().account()).isEqualTo(owner());
        assertThat(listener().commit(maildrop, new long[0])).isTrue();
    }

    @Test
    default void uniqueIdsAreTheSameOverSessions() {
        arrives("a: 1\r\n\r\n");
        arrives("a: 2\r\n\r\n");
        List<Maildrop.Message> before = peek();
        arrives("a: 3\r\n\r\n");

        List<Maildrop.Message> after = peek();

        assertThat(after).startsWith(before.toArray(Maildrop.Message[]::new)).hasSize(3);
        assertThat(after).extracting(Maildrop.Message::uniqueId).doesNotHaveDuplicates();
    }

    @Test
    default void aUniqueIdAndAUidNeverComeAgain() {
        arrives("a: 1\r\n\r\n");
        Maildrop maildrop = opened();
        Maildrop.Message first = maildrop.messages().getFirst();
        listener().commit(maildrop, new long[] {first.uid()});
        arrives("a: 1\r\n\r\n");

        Maildrop.Message second = peek().getFirst();

        assertThat(second.uniqueId()).isNotEqualTo(first.uniqueId());
        assertThat(second.uid()).isGreaterThan(first.uid());
    }

    /** RFC 1939 §7: visible ASCII, at most 70 of it. */
    @Test
    default void aUniqueIdIsWhatUidlCanShow() {
        arrives("a: 1\r\n\r\n");

        assertThat(peek().getFirst().uniqueId()).matches("[\\x21-\\x7E]{1,70}");
    }

    @Test
    default void aMaildropThatIsOpenIsInUse() {
        Maildrop first = opened();
        assertThat(listener().open(owner())).isEqualTo(new MaildropResult.InUse());

        listener().release(first);
        Maildrop second = opened();
        assertThat(second.lease()).isNotEqualTo(first.lease());
    }

    @Test
    default void aMaildropIsFrozenWhileItIsOpen() {
        arrives("a: 1\r\n\r\n");
        Maildrop maildrop = opened();
        arrives("a: 2\r\n\r\n");

        assertThat(maildrop.messages()).hasSize(1);
        listener().release(maildrop);
        assertThat(peek()).hasSize(2);
    }

    @Test
    default void givesOctetsFromAnOffsetAndFewerAtTheEnd() {
        arrives("a: 1\r\n\r\n0123\r\n");
        Maildrop maildrop = opened();
        long uid = maildrop.messages().getFirst().uid();

        assertThat(listener().content(maildrop, uid, 0, 4)).hasValue("a: 1".getBytes(US_ASCII));
        assertThat(listener().content(maildrop, uid, 8, 3)).hasValue("012".getBytes(US_ASCII));
        assertThat(listener().content(maildrop, uid, 11, 99)).hasValue("3\r\n".getBytes(US_ASCII));
        assertThat(listener().content(maildrop, uid, 14, 99)).hasValue(new byte[0]);
        assertThat(listener().content(maildrop, uid, 1000, 99)).hasValue(new byte[0]);
    }

    @Test
    default void hasNoOctetsOfAMessageThatIsNotThere() {
        arrives("a: 1\r\n\r\n");
        Maildrop maildrop = opened();
        long uid = maildrop.messages().getFirst().uid();
        assertThat(listener().content(maildrop, uid + 1, 0, 10)).isEmpty();

        expungedElsewhere(uid);

        assertThat(listener().content(maildrop, uid, 0, 10)).isEmpty();
    }

    @Test
    default void deletesAtCommitWhatWasMarkedAndNothingElse() {
        arrives("a: 1\r\n\r\n");
        arrives("a: 2\r\n\r\n");
        arrives("a: 3\r\n\r\n");
        Maildrop maildrop = opened();
        List<Maildrop.Message> all = maildrop.messages();

        assertThat(listener().commit(maildrop, new long[] {
                    all.get(0).uid(), all.get(2).uid()
                }))
                .isTrue();

        assertThat(peek()).containsExactly(all.get(1));
    }

    @Test
    default void releaseDeletesNothing() {
        arrives("a: 1\r\n\r\n");
        Maildrop maildrop = opened();

        listener().release(maildrop);

        assertThat(peek()).isEqualTo(maildrop.messages());
    }

    @Test
    default void deletesTheOthersWhenOneIsGoneAlready() {
        arrives("a: 1\r\n\r\n");
        arrives("a: 2\r\n\r\n");
        Maildrop maildrop = opened();
        long[] both = uids(maildrop);
        expungedElsewhere(both[0]);

        assertThat(listener().commit(maildrop, both)).isTrue();

        assertThat(peek()).isEmpty();
    }

    @Test
    default void commitGivesTheLeaseBack() {
        Maildrop maildrop = opened();
        assertThat(listener().commit(maildrop, new long[0])).isTrue();

        assertThat(listener().renew(maildrop)).isFalse();
        assertThat(listener().commit(maildrop, new long[0])).isFalse();
        assertThat(listener().open(owner())).isInstanceOf(MaildropResult.Opened.class);
    }

    @Test
    default void renewsALeaseThatRuns() {
        Maildrop maildrop = opened();

        assertThat(listener().renew(maildrop)).isTrue();
        assertThat(listener().open(owner())).isEqualTo(new MaildropResult.InUse());
    }

    @Test
    default void aLostLeaseDeletesNothing() {
        arrives("a: 1\r\n\r\n");
        Maildrop lost = opened();
        leaseRunsOut();

        assertThat(listener().renew(lost)).isFalse();
        assertThat(listener().commit(lost, uids(lost))).isFalse();
        assertThat(peek()).isEqualTo(lost.messages());
    }

    @Test
    default void aLostLeaseDoesNotDisturbTheNextSession() {
        arrives("a: 1\r\n\r\n");
        Maildrop lost = opened();
        leaseRunsOut();
        Maildrop next = opened();

        assertThat(listener().commit(lost, uids(lost))).isFalse();
        listener().release(lost);

        assertThat(listener().renew(next)).isTrue();
        assertThat(listener().open(owner())).isEqualTo(new MaildropResult.InUse());
    }

    private Maildrop opened() {
        return ((MaildropResult.Opened) listener().open(owner())).maildrop();
    }

    /** What a session of its own sees. */
    private List<Maildrop.Message> peek() {
        Maildrop maildrop = opened();
        listener().release(maildrop);
        return maildrop.messages();
    }

    private static long[] uids(Maildrop maildrop) {
        return maildrop.messages().stream().mapToLong(Maildrop.Message::uid).toArray();
    }
}
