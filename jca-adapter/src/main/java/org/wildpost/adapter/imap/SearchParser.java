// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.wildpost.adapter.imap.SearchTerm.Not;
import org.wildpost.adapter.imap.SearchTerm.Plain;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.search.SearchKey.When;

/** The keys of SEARCH (RFC 9051 §6.4.4, RFC 3501 §6.4.4 for NEW, OLD and RECENT, RFC 5032 §3, RFC 6203 §7, RFC 8474 §5.3, RFC 8514
 * §4.3). */
final class SearchParser {
    private final Cursor in;
    private Charset charset = StandardCharsets.UTF_8;
    private boolean charsetKnown = true;
    private int depth;

    SearchParser(Cursor in) {
        this.in = in;
    }

    /** search-program = ["CHARSET" SP charset SP] search-key *(SP search-key). */
    SearchCriteria program() throws ImapParseException {
        if (in.acceptWord("CHARSET ")) {
            if (in.enabled(Extension.UTF8_ACCEPT)) {
                // RFC 6855 §3: there is one already.
                throw in.error("no charset after ENABLE UTF8=ACCEPT");
            }
            readCharset();
        }
        return keys();
    }

    /** search-criteria = charset 1*(SP search-key) (RFC 5256 §5). */
    SearchCriteria criteria() throws ImapParseException {
        readCharset();
        return keys();
    }

    private SearchCriteria keys() throws ImapParseException {
        List<SearchTerm> terms = new ArrayList<>();
        do {
            terms.add(key());
        } while (in.accept(' ') && in.peek() != Cursor.END);
        return new SearchCriteria(terms.size() == 1 ? terms.getFirst() : new SearchTerm.And(terms), charsetKnown);
    }

    /** charset, then a space; what is said in one that we do not know is not looked at (RFC 9051 §6.4.4). */
    private void readCharset() throws ImapParseException {
        Optional<Charset> named = charset(in.astring());
        charsetKnown = named.isPresent();
        charset = named.orElse(StandardCharsets.ISO_8859_1);
        in.space();
    }

    private static Optional<Charset> charset(String name) {
        try {
            Charset charset = Charset.forName(name);
            // What is declared as US-ASCII and has 8-bit octets is UTF-8 in practice.
            return Optional.of(charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private SearchTerm key() throws ImapParseException {
        depth++;
        if (depth > in.limits().nesting()) {
            throw in.error("the search is nested deeper than " + in.limits().nesting());
        }
        SearchTerm term = in.accept('(') ? group() : startsSet(in.peek()) ? messages(false) : named(in.keyword());
        depth--;
        return term;
    }

    private SearchTerm group() throws ImapParseException {
        List<SearchTerm> terms = new ArrayList<>();
        do {
            terms.add(key());
        } while (in.accept(' '));
        in.expect(')');
        return terms.size() == 1 ? terms.getFirst() : new SearchTerm.And(terms);
    }

    private static boolean startsSet(char c) {
        return c == '*' || c == '$' || c >= '0' && c <= '9';
    }

    private SearchTerm messages(boolean uid) throws ImapParseException {
        if (!uid && in.peek() != '$' && in.enabled(Extension.UIDONLY)) {
            // RFC 9586 §3.
            throw new ImapParseException(
                    "there are no sequence numbers with UIDONLY", in.position(), ImapParseException.Kind.UID_REQUIRED);
        }
        return new SearchTerm.Messages(uid, in.sequenceSet());
    }

    private SearchTerm named(String word) throws ImapParseException {
        return switch (word) {
            case "ALL" -> new Plain(new SearchKey.All());
            case "ANSWERED" -> flag(SystemFlag.ANSWERED);
            case "DELETED" -> flag(SystemFlag.DELETED);
            case "DRAFT" -> flag(SystemFlag.DRAFT);
            case "FLAGGED" -> flag(SystemFlag.FLAGGED);
            case "SEEN" -> flag(SystemFlag.SEEN);
            case "UNANSWERED" -> new Not(flag(SystemFlag.ANSWERED));
            case "UNDELETED" -> new Not(flag(SystemFlag.DELETED));
            case "UNDRAFT" -> new Not(flag(SystemFlag.DRAFT));
            case "UNFLAGGED" -> new Not(flag(SystemFlag.FLAGGED));
            case "UNSEEN" -> new Not(flag(SystemFlag.SEEN));
            case "RECENT" -> new SearchTerm.Recent();
            case "OLD" -> new Not(new SearchTerm.Recent());
            case "SAVEDATESUPPORTED" -> new Plain(new SearchKey.All());
            case "NEW" -> new SearchTerm.And(List.of(new SearchTerm.Recent(), new Not(flag(SystemFlag.SEEN))));
            default -> {
                if (!in.accept(' ')) {
                    throw in.error("this key of SEARCH wants an argument, or is not offered");
                }
                yield withArgument(word);
            }
        };
    }

    private SearchTerm withArgument(String word) throws ImapParseException {
        return switch (word) {
            case "BCC", "CC", "FROM", "SUBJECT", "TO" ->
                new Plain(new SearchKey.InEnvelope(SearchKey.EnvelopeField.valueOf(word), text()));
            case "BODY" -> new Plain(new SearchKey.Body(text()));
            case "TEXT" -> new Plain(new SearchKey.Text(text()));
            case "BEFORE" -> new Plain(new SearchKey.Arrived(When.BEFORE, date()));
            case "ON" -> new Plain(new SearchKey.Arrived(When.ON, date()));
            case "SINCE" -> new Plain(new SearchKey.Arrived(When.SINCE, date()));
            case "SENTBEFORE" -> new Plain(new SearchKey.Sent(When.BEFORE, date()));
            case "SENTON" -> new Plain(new SearchKey.Sent(When.ON, date()));
            case "SENTSINCE" -> new Plain(new SearchKey.Sent(When.SINCE, date()));
            case "SAVEDBEFORE" -> new Plain(new SearchKey.Saved(When.BEFORE, date()));
            case "SAVEDON" -> new Plain(new SearchKey.Saved(When.ON, date()));
            case "SAVEDSINCE" -> new Plain(new SearchKey.Saved(When.SINCE, date()));
            case "EMAILID" -> object(ObjectId.parseEmail(in), SearchKey.SameEmail::new);
            case "THREADID" -> object(ObjectId.parseThread(in), SearchKey.InThread::new);
            case "LARGER" -> new Plain(new SearchKey.Larger(in.number()));
            case "SMALLER" -> new Plain(new SearchKey.Smaller(in.number()));
            case "KEYWORD" -> new Plain(new SearchKey.HasKeyword(FlagParser.keyword(in)));
            case "UNKEYWORD" -> new Not(new Plain(new SearchKey.HasKeyword(FlagParser.keyword(in))));
            case "UID" -> messages(true);
            case "MODSEQ" -> new Plain(new SearchKey.ModifiedSince(modSeq()));
            case "NOT" -> new Not(key());
            case "FUZZY" -> new SearchTerm.Fuzzy(key());
            case "OLDER" -> new SearchTerm.Older(in.positive());
            case "YOUNGER" -> new SearchTerm.Younger(in.positive());
            case "OR" -> or();
            case "HEADER" -> header();
            default -> throw in.error("this key of SEARCH is not offered");
        };
    }

    /** search-modsequence = "MODSEQ" [search-modseq-ext] SP mod-sequence-valzer; a message has one MODSEQ for all its flags (RFC 7162 §3.1.5). */
    private long modSeq() throws ImapParseException {
        if (in.peek() == '"') {
            int start = in.position();
            String entry = in.string();
            if (!entry.regionMatches(true, 0, "/flags/", 0, 7) || entry.length() == 7) {
                throw new ImapParseException("an entry is named \"/flags/...\"", start, ImapParseException.Kind.SYNTAX);
            }
            in.space();
            String type = in.keyword();
            if (!type.equals("PRIV") && !type.equals("SHARED") && !type.equals("ALL")) {
                throw in.error("priv, shared or all expected");
            }
            in.space();
        }
        return in.modSequence(0);
    }

    /** No message has an id that is not one of ours. */
    private static SearchTerm object(OptionalLong id, LongFunction<SearchKey> key) {
        return new Plain(id.isPresent() ? key.apply(id.getAsLong()) : new SearchKey.Not(new SearchKey.All()));
    }

    private SearchTerm or() throws ImapParseException {
        SearchTerm left = key();
        in.space();
        return new SearchTerm.Or(left, key());
    }

    private SearchTerm header() throws ImapParseException {
        String field = in.astring().toUpperCase(Locale.ROOT);
        in.space();
        return new Plain(new SearchKey.Header(field, text()));
    }

    private static SearchTerm flag(SystemFlag flag) {
        return new Plain(new SearchKey.HasFlag(flag));
    }

    private String text() throws ImapParseException {
        String octets = in.astringIn(charset);
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), charset);
    }

    private LocalDate date() throws ImapParseException {
        int start = in.position();
        return ImapDates.parseDate(in.astring(), start);
    }
}
