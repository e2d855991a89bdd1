// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.summary;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.MailDate;
import org.wildpost.core.thread.MessageIds;
import org.wildpost.core.thread.ThreadInput;

/**
 * A message as searches, orders and threads see it: its dates and size, the numbers of what it refers to, and its texts in one array of octets, for a
 * mailbox has many of them. Immutable.
 */
public final class MessageSummary {
    /** What an object of this class takes beside its texts and references, in octets, near enough. */
    private static final int OVERHEAD = 112;

    private final long arrived;
    private final long sent;
    private final @Nullable LocalDate sentDay;
    private final long size;
    private final boolean reply;
    private final long id;
    private final long @Nullable [] references;
    private final byte[] texts;

    private MessageSummary(Times times, long size, boolean reply, long id, long @Nullable [] references, byte[] texts) {
        this.arrived = times.arrived;
        this.sent = times.sent;
        this.sentDay = times.sentDay;
        this.size = size;
        this.reply = reply;
        this.id = id;
        this.references = references;
        this.texts = texts;
    }

    /** When a message came and was sent; without a readable Date field it was sent when it came (RFC 5256 §2.2). */
    private record Times(long arrived, long sent, @Nullable LocalDate sentDay) {
        static Times of(Envelope envelope, Instant internalDate) {
            Optional<OffsetDateTime> date = Optional.ofNullable(envelope.date()).flatMap(MailDate::parse);
            long arrived = internalDate.getEpochSecond();
            return new Times(
                    arrived,
                    date.map(OffsetDateTime::toEpochSecond).orElse(arrived),
                    date.map(OffsetDateTime::toLocalDate).orElse(null));
        }
    }

    /**
     * The summary of a message.
     *
     * @param referencesKnown whether the envelope says what the message refers to
     * @param size            octets of the message
     */
    public static MessageSummary of(Envelope envelope, boolean referencesKnown, Instant internalDate, long size) {
        SummaryTexts texts = SummaryTexts.of(envelope);
        return new MessageSummary(
                Times.of(envelope, internalDate),
                size,
                texts.isReply(),
                MessageIds.first(envelope.messageId()),
                referencesKnown ? MessageIds.references(envelope.references(), envelope.inReplyTo()) : null,
                texts.packed());
    }

    /** The same with what the message refers to, which was not known. */
    public MessageSummary referring(long[] to) {
        return new MessageSummary(new Times(arrived, sent, sentDay), size, reply, id, to, texts);
    }

    /** The internal date in seconds since 1970. */
    public long arrived() {
        return arrived;
    }

    /** The sent date in seconds since 1970 (RFC 5256 §2.2). */
    public long sent() {
        return sent;
    }

    /** The day of the Date field as it is written, without regard to its zone (RFC 9051 §6.4.4 SENTON). */
    public Optional<LocalDate> sentDay() {
        return Optional.ofNullable(sentDay);
    }

    /** Octets of the message. */
    public long size() {
        return size;
    }

    public boolean knowsReferences() {
        return references != null;
    }

    /** What a threading algorithm is given. */
    public ThreadInput threaded(long uid) {
        long[] known = references;
        return new ThreadInput(
                uid,
                sent,
                new String(key(SummaryText.BASE_SUBJECT), StandardCharsets.UTF_8),
                reply,
                id,
                known == null ? new long[0] : known);
    }

    /** Memory in octets, near enough. */
    public int weight() {
        return OVERHEAD + texts.length + (references == null ? 0 : 16 + 8 * references.length);
    }

    /** Whether there is such a field and it contains the text; an empty text only asks for the field. */
    public boolean contains(SummaryText text, byte[] wanted) {
        Span span = span(text);
        return span.from >= 0 && Octets.indexOf(texts, span.from, span.to, wanted) >= 0;
    }

    /** The text as it is sorted by; empty when there is none. */
    public byte[] key(SummaryText text) {
        Span span = span(text);
        return span.from < 0 ? new byte[0] : Arrays.copyOfRange(texts, span.from, span.to);
    }

    /** The text for whoever looks closer; empty when there is none. */
    public String text(SummaryText text) {
        return new String(key(text), StandardCharsets.UTF_8);
    }

    /** @param from negative when there is no such text */
    private record Span(int from, int to) {}

    private Span span(SummaryText wanted) {
        int at = 0;
        for (int skipped = wanted.position(); skipped >= 0; skipped--) {
            long head = Octets.number(texts, at);
            int from = at + Octets.numberLength(head);
            int length = (int) Math.max(0, head - 1);
            if (skipped == 0) {
                boolean same = head == 0 && wanted == SummaryText.BASE_SUBJECT;
                return same ? span(SummaryText.SUBJECT) : new Span(head == 0 ? -1 : from, from + length);
            }
            at = from + length;
        }
        throw new IllegalStateException("there is always a first text");
    }
}
