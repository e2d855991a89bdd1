// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.listener.imap.MailboxName;

/** The words of a command: one method per lexical rule of RFC 9051 §9 and RFC 3501 §9. Strings are Latin-1, one character per octet. */
final class Cursor {
    /** What {@link #peek()} says at the end. */
    static final char END = '\uffff';

    private static final long NUMBER_MAX = 0xFFFF_FFFFL;

    private final String text;
    private final List<byte[]> literals;
    private final ImapLimits limits;
    private final Set<Extension> enabled;
    private int literal;
    private int position;
    private int words;
    private Optional<String> otherName = Optional.empty();

    Cursor(Frame frame, ImapLimits limits, Set<Extension> enabled) {
        this.text = frame.text();
        this.literals = frame.literals();
        this.limits = limits;
        this.enabled = enabled;
    }

    ImapLimits limits() {
        return limits;
    }

    boolean enabled(Extension extension) {
        return enabled.contains(extension);
    }

    ImapParseException error(String message) {
        return new ImapParseException(message, position, ImapParseException.Kind.SYNTAX);
    }

    char peek() {
        return position < text.length() ? text.charAt(position) : END;
    }

    boolean accept(char c) {
        boolean there = peek() == c;
        if (there) {
            position++;
        }
        return there;
    }

    void expect(char c) throws ImapParseException {
        if (!accept(c)) {
            throw error("'" + c + "' expected");
        }
    }

    void space() throws ImapParseException {
        if (!accept(' ')) {
            throw error("a space expected");
        }
    }

    /** The end of the command. */
    void end() throws ImapParseException {
        while (Quirk.TRAILING_SPACE.tolerated() && accept(' ')) {
            // skipped
        }
        if (peek() != END) {
            throw error("the command should end here");
        }
    }

    /** Whether nothing is left. */
    boolean isEnd() {
        int at = position;
        while (Quirk.TRAILING_SPACE.tolerated() && at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at == text.length();
    }

    /** Takes the rest when it begins with this word in whatever case. */
    boolean acceptWord(String word) {
        boolean there = text.regionMatches(true, position, word, 0, word.length());
        if (there) {
            position += word.length();
        }
        return there;
    }

    String tag() throws ImapParseException {
        return run("a tag", Cursor::isTagChar);
    }

    String atom() throws ImapParseException {
        return run("a word", Cursor::isAtomChar);
    }

    /** An atom in capitals. */
    String keyword() throws ImapParseException {
        return atom().toUpperCase(Locale.ROOT);
    }

    /** An atom up to a character that section specifications use. */
    String fetchWord() throws ImapParseException {
        return run("a word", c -> isAtomChar(c) && c != '[' && c != '<').toUpperCase(Locale.ROOT);
    }

    String astring() throws ImapParseException {
        return isString() ? string() : run("a string", c -> isAtomChar(c) || c == ']');
    }

    boolean isString() {
        return peek() == '"' || peek() == Frame.LITERAL;
    }

    /** An astring in a charset that the client named; before RFC 6855 some quoted texts in it that are not ASCII. */
    String astringIn(Charset charset) throws ImapParseException {
        boolean quoted = peek() == '"' && !charset.equals(StandardCharsets.UTF_8);
        return quoted ? quoted() : astring();
    }

    /** A literal, or a quoted string that is UTF-8 where it is not ASCII (RFC 6855 §3). */
    String string() throws ImapParseException {
        int start = position;
        if (peek() == Frame.LITERAL) {
            countWord();
            return literal();
        }
        String octets = quoted();
        if (octets.chars().anyMatch(c -> c > '\u007f') && strictUtf8(octets).isEmpty()) {
            position = start;
            throw error("this is not UTF-8");
        }
        return octets;
    }

    private String quoted() throws ImapParseException {
        countWord();
        expect('"');
        StringBuilder out = new StringBuilder();
        while (!accept('"')) {
            char c = peek();
            if (c == '\\') {
                position++;
                c = peek();
                if (c != '"' && c != '\\') {
                    throw error("only '\"' and '\\' are quoted by a backslash");
                }
            }
            if (c == END || c == Frame.LITERAL || c == '\r') {
                throw error("the quoted string is not closed");
            }
            out.append(c);
            position++;
        }
        return out.toString();
    }

    /** Only a literal8 may have a NUL (RFC 9051 §9). */
    private String literal() throws ImapParseException {
        byte[] octets = literals.get(literal++);
        boolean any = position > 0 && text.charAt(position - 1) == '~';
        if (!any && Nul.find(octets, 0, octets.length) < octets.length) {
            throw error("only a literal8 may have a NUL");
        }
        position++;
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    Optional<String> nstring() throws ImapParseException {
        if (isString()) {
            return Optional.of(string());
        }
        if (acceptWord("NIL")) {
            return Optional.empty();
        }
        throw error("a string or NIL expected");
    }

    /** list-mailbox: wildcards are allowed outside of quotes. */
    String listMailbox() throws ImapParseException {
        return isString() ? string() : run("a mailbox pattern", c -> isAtomChar(c) || "]%*".indexOf(c) >= 0);
    }

    MailboxName mailbox() throws ImapParseException {
        int start = position;
        return mailboxName(astring(), start);
    }

    /** A mailbox, or the empty string, which stands for the server (RFC 5464 §4.1). */
    Optional<MailboxName> mailboxOrServer() throws ImapParseException {
        int start = position;
        String wire = astring();
        return wire.isEmpty() ? Optional.empty() : Optional.of(mailboxName(wire, start));
    }

    /** What the client calls the mailbox that was read last, when that is not how it is named. */
    Optional<String> otherName() {
        return otherName;
    }

    /** A mailbox name that may end in the separator, as a wish for children (RFC 9051 §6.3.4). */
    MailboxName newMailbox() throws ImapParseException {
        int start = position;
        String name = astring();
        boolean parent = name.length() > 1 && name.charAt(name.length() - 1) == MailboxName.SEPARATOR;
        return mailboxName(parent ? name.substring(0, name.length() - 1) : name, start);
    }

    private MailboxName mailboxName(String wire, int start) throws ImapParseException {
        boolean utf8 = Extension.speaksUtf8(enabled);
        Optional<String> text = utf8 ? strictUtf8(wire) : ModifiedUtf7.decode(wire);
        if (utf8 && text.isEmpty()) {
            throw new ImapParseException("this is not UTF-8", start, ImapParseException.Kind.SYNTAX);
        }
        String written = text.filter(MailboxName::isValid)
                .orElseThrow(() ->
                        new ImapParseException("no mailbox can have this name", start, ImapParseException.Kind.NAME));
        MailboxName name = SharedName.canonical(new MailboxName(written));
        otherName = name.value().equals(written) ? Optional.empty() : Optional.of(written);
        return name;
    }

    long number() throws ImapParseException {
        int start = position;
        String digits = run("a number", c -> c >= '0' && c <= '9');
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            position = start;
            throw error("the number is too great");
        }
    }

    /** nz-number64: 1 to 9,223,372,036,854,775,807 (RFC 9051 §9). */
    long positive64() throws ImapParseException {
        int start = position;
        long value = number();
        if (value < 1 || text.charAt(start) == '0') {
            position = start;
            throw error("a number from 1 on expected");
        }
        return value;
    }

    /** nz-number: 1 to 4,294,967,295. */
    long positive() throws ImapParseException {
        int start = position;
        long value = number();
        if (value < 1 || value > NUMBER_MAX || text.charAt(start) == '0') {
            position = start;
            throw error("a number from 1 to 4294967295 expected");
        }
        return value;
    }

    /** mod-sequence-value, up to which a client knows everything (RFC 7162 §7). */
    long knownModSequence() throws ImapParseException {
        return modSequence(Quirk.ZERO_MODSEQ.tolerated() ? 0 : 1);
    }

    /** mod-sequence-value from 1 on, mod-sequence-valzer from 0 on: at most 63 bits (RFC 7162 §7). */
    long modSequence(long least) throws ImapParseException {
        int start = position;
        String digits = run("a modification sequence", c -> c >= '0' && c <= '9');
        try {
            long value = Long.parseLong(digits);
            if (value >= least) {
                return value;
            }
        } catch (NumberFormatException e) {
            // As wrong as one that is too small.
        }
        position = start;
        throw error("a modification sequence from " + least + " to " + Long.MAX_VALUE + " expected");
    }

    /** sequence-set, which is {@code $} for the saved result, too (RFC 5182 §3). */
    SequenceSet sequenceSet() throws ImapParseException {
        return accept('$') ? SequenceSet.SAVED : numberSet();
    }

    /** A sequence-set that names its numbers. */
    SequenceSet numberSet() throws ImapParseException {
        List<Long> first = new ArrayList<>();
        List<Long> last = new ArrayList<>();
        do {
            long a = sequenceNumber();
            long b = accept(':') ? sequenceNumber() : a;
            first.add(Math.min(a, b));
            last.add(Math.max(a, b));
        } while (accept(','));
        return new SequenceSet(
                first.stream().mapToLong(Long::longValue).toArray(),
                last.stream().mapToLong(Long::longValue).toArray());
    }

    /** seq-number: one message, also where its UID names it (RFC 8508 §5). */
    SequenceSet single() throws ImapParseException {
        long[] number = {sequenceNumber()};
        return new SequenceSet(number, number.clone());
    }

    private long sequenceNumber() throws ImapParseException {
        return accept('*') ? SequenceSet.STAR : positive();
    }

    int position() {
        return position;
    }

    /** UTF-8 when it is that, otherwise each octet as a character of its own. */
    static String utf8(String latin1) {
        return strictUtf8(latin1).orElse(latin1);
    }

    /** The text whose UTF-8 this is, when it is that. */
    static Optional<String> strictUtf8(String latin1) {
        byte[] octets = latin1.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private String run(String what, CharTest test) throws ImapParseException {
        countWord();
        int start = position;
        while (position < text.length() && test.matches(text.charAt(position))) {
            position++;
        }
        if (position == start) {
            throw error(what + " expected");
        }
        return text.substring(start, position);
    }

    private void countWord() throws ImapParseException {
        words++;
        if (words > limits.arguments()) {
            throw error("more than " + limits.arguments() + " arguments");
        }
    }

    @FunctionalInterface
    private interface CharTest {
        boolean matches(char c);
    }

    /** ATOM-CHAR. */
    static boolean isAtomChar(char c) {
        return c > 0x20 && c < 0x7f && "(){%*\"\\]".indexOf(c) < 0;
    }

    /** A character of a tag: ASTRING-CHAR without "+". */
    static boolean isTagChar(char c) {
        return c != '+' && (isAtomChar(c) || c == ']');
    }
}
