// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.Identity;
import org.wildpost.core.mime.EncodedWords;
import org.wildpost.core.mime.HeaderFields;
import org.wildpost.core.mime.MailDate;
import org.wildpost.core.mime.MimePart;
import org.wildpost.core.mime.PartText;

/**
 * Decides whether a message matches a key (RFC 9051 §6.4.4): texts match as substrings without regard to case, encoded words and transfer encodings taken off
 * before. Stateless.
 */
public final class SearchMatcher {
    /** Octets of one part, as transferred, in which a text is looked for. */
    public static final int MAX_TEXT_OCTETS = 8 * 1024 * 1024;

    private SearchMatcher() {}

    /** What a message is asked; the costly questions only when a key needs them. */
    public interface Candidate {
        long uid();

        Flags flags();

        long modSeq();

        long size();

        Instant internalDate();

        Identity identity();

        /** The structure, offsets those of the whole message. */
        MimePart structure();

        /** Octets of the message; fewer at its end. */
        byte[] octets(long offset, int length);
    }

    /** Whether the message matches. */
    public static boolean matches(SearchKey key, Candidate message) {
        return switch (key) {
            case SearchKey.And(var keys) -> keys.stream().allMatch(inner -> matches(inner, message));
            case SearchKey.Or(var left, var right) -> matches(left, message) || matches(right, message);
            case SearchKey.Not(var inner) -> !matches(inner, message);
            case SearchKey.All() -> true;
            case SearchKey.Uids(var uids) -> Arrays.binarySearch(uids, message.uid()) >= 0;
            case SearchKey.HasFlag(var flag) -> message.flags().has(flag);
            case SearchKey.HasKeyword(var keyword) -> message.flags().has(keyword);
            case SearchKey.Larger(var octets) -> message.size() > octets;
            case SearchKey.Smaller(var octets) -> message.size() < octets;
            case SearchKey.Arrived(var when, var date) ->
                isThen(when, LocalDate.ofInstant(message.internalDate(), ZoneOffset.UTC), date);
            case SearchKey.Sent(var when, var date) ->
                sentDay(message).filter(day -> isThen(when, day, date)).isPresent();
            case SearchKey.Header(var field, var text) -> headerHas(message, field, text);
            case SearchKey.Body(var text) -> bodyHas(message, message.structure(), folded(text));
            case SearchKey.Text(var text) ->
                wholeHeaderHas(message, message.structure(), folded(text))
                        || bodyHas(message, message.structure(), folded(text));
            case SearchKey.Saved(var when, var date) -> isThen(when, savedDay(message), date);
            case SearchKey.SameEmail(var id) -> message.identity().emailId() == id;
            case SearchKey.InThread(var id) -> message.identity().threadId().equals(OptionalLong.of(id));
            case SearchKey.ModifiedSince(var modSeq) -> message.modSeq() >= modSeq;
        };
    }

    private static boolean isThen(SearchKey.When when, LocalDate day, LocalDate asked) {
        return switch (when) {
            case BEFORE -> day.isBefore(asked);
            case ON -> day.isEqual(asked);
            case SINCE -> !day.isBefore(asked);
        };
    }

    private static LocalDate savedDay(Candidate message) {
        return LocalDate.ofInstant(message.identity().saved().orElse(message.internalDate()), ZoneOffset.UTC);
    }

    private static Optional<LocalDate> sentDay(Candidate message) {
        return header(message, message.structure())
                .first("date")
                .flatMap(MailDate::parse)
                .map(date -> date.toLocalDate());
    }

    private static boolean headerHas(Candidate message, String field, String text) {
        String name = field.toLowerCase(Locale.ROOT);
        String wanted = folded(text);
        return header(message, message.structure()).fields().stream()
                .filter(candidate -> candidate.name().equals(name))
                .anyMatch(candidate -> contains(candidate.value(), wanted));
    }

    private static boolean wholeHeaderHas(Candidate message, MimePart part, String wanted) {
        return header(message, part).fields().stream()
                .anyMatch(field -> folded(field.name()).contains(wanted)
                        || contains(field.value(), wanted)
                        || contains(field.name() + ": " + field.value(), wanted));
    }

    /** The names under which a part would be saved (RFC 2183 §2.3, and the older parameter of Content-Type). */
    static List<String> attachmentNames(MimePart part) {
        MimePart.Disposition disposition = part.disposition();
        return Stream.of(
                        disposition == null ? null : disposition.parameters().get("filename"),
                        part.parameters().get("name"))
                .filter(Objects::nonNull)
                .map(EncodedWords::decode)
                .distinct()
                .toList();
    }

    private static boolean bodyHas(Candidate message, MimePart part, String wanted) {
        if (attachmentNames(part).stream().anyMatch(name -> folded(name).contains(wanted))) {
            return true;
        }
        if (part.isMultipart() || part.isMessage()) {
            return part.children().stream()
                    .anyMatch(child -> (part.isMessage() && wholeHeaderHas(message, child, wanted))
                            || bodyHas(message, child, wanted));
        }
        if (!part.type().equals("text")) {
            return false;
        }
        byte[] raw = message.octets(part.bodyOffset(), (int) Math.min(part.bodyLength(), MAX_TEXT_OCTETS));
        return folded(PartText.decode(part, raw)).contains(wanted);
    }

    static HeaderFields header(Candidate message, MimePart part) {
        int length = (int) Math.min(part.bodyOffset() - part.headerOffset(), MAX_TEXT_OCTETS);
        return HeaderFields.parse(message.octets(part.headerOffset(), length));
    }

    private static boolean contains(String raw, String wanted) {
        return folded(EncodedWords.decode(raw)).contains(wanted) || folded(raw).contains(wanted);
    }

    /** Case folded in the way of RFC 5051, near enough: title case first, so that ß and ẞ and final sigmas meet. */
    private static String folded(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
