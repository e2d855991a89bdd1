// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.wildpost.core.message.SystemFlag;

/**
 * What IMAP SEARCH looks for (RFC 9051 §6.4.4), sequence numbers already turned into UIDs, strings already decoded from their charset.
 */
public sealed interface SearchKey {
    /** Whether conversations must be known to answer it. */
    default boolean asksForThreads() {
        return switch (this) {
            case And(List<SearchKey> keys) -> keys.stream().anyMatch(SearchKey::asksForThreads);
            case Or(SearchKey left, SearchKey right) -> left.asksForThreads() || right.asksForThreads();
            case Not(SearchKey key) -> key.asksForThreads();
            case Fuzzy(SearchKey key) -> key.asksForThreads();
            case InThread ignored -> true;
            default -> false;
        };
    }

    /** Every key matches. */
    record And(List<SearchKey> keys) implements SearchKey {
        public And {
            keys = List.copyOf(keys);
        }
    }

    record Or(SearchKey left, SearchKey right) implements SearchKey {}

    record Not(SearchKey key) implements SearchKey {}

    record All() implements SearchKey {}

    /** The message is one of these, ascending. */
    record Uids(long[] uids) implements SearchKey {}

    /** The UID is one of these, both ends included. */
    record UidRange(long first, long last) implements SearchKey {}

    record HasFlag(SystemFlag flag) implements SearchKey {}

    record HasKeyword(String keyword) implements SearchKey {}

    /** Octets strictly more than. */
    record Larger(long octets) implements SearchKey {}

    /** Octets strictly fewer than. */
    record Smaller(long octets) implements SearchKey {}

    /** Compares the internal date's day, in the server's time zone (UTC). */
    record Arrived(When when, LocalDate date) implements SearchKey {}

    /** Arrived at this moment or later, to the second (RFC 5032 §2). */
    record ArrivedSince(Instant moment) implements SearchKey {}

    /** Compares the Date field's day as written, without regard to its time and zone. */
    record Sent(When when, LocalDate date) implements SearchKey {}

    enum When {
        BEFORE,
        ON,
        SINCE
    }

    /** A field of the envelope contains the text (RFC 9051 §6.4.4 BCC, CC, FROM, SUBJECT, TO). */
    record InEnvelope(EnvelopeField field, String text) implements SearchKey {}

    enum EnvelopeField {
        BCC,
        CC,
        FROM,
        SUBJECT,
        TO
    }

    /** A header field contains the text, without regard to case; an empty text asks whether the field exists. */
    record Header(String field, String text) implements SearchKey {}

    /** The body contains the text. */
    record Body(String text) implements SearchKey {}

    /** The header or the body contains the text. */
    record Text(String text) implements SearchKey {}

    /** Compares the day on which the message came into its mailbox, the internal date's where nobody knows that (RFC 8514 §4.3). */
    record Saved(When when, LocalDate date) implements SearchKey {}

    /** The message or one that it was copied from or to (RFC 8474 §5.3). */
    record SameEmail(long emailId) implements SearchKey {}

    /** The conversation (RFC 8474 §5.3). */
    record InThread(long threadId) implements SearchKey {}

    /** The modification sequence is at least this (RFC 7162 §3.1.5). */
    record ModifiedSince(long modSeq) implements SearchKey {}

    /** What this key looks for, or something like it (RFC 6203 §3). */
    record Fuzzy(SearchKey key) implements SearchKey {}
}
