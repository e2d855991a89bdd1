// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wildpost.adapter.net.Connection;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.message.Flags;

/** Replies as octets: lines, strings in the shortest form that carries them, literals (RFC 9051 §4.3, §7, §9). */
final class ImapWriter {
    /** Longer texts go as literals, for clients with small line buffers. */
    private static final int QUOTED_MAX = 1000;

    private static final byte DELETE = 0x7f;

    private static final byte IN_PLACE_OF_NUL = (byte) 0x80;

    private final Connection connection;
    private final byte[] digits = new byte[19];
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private boolean recording;
    private boolean lineOpen;
    private boolean saidBye;
    private boolean utf8;

    ImapWriter(Connection connection) {
        this.connection = connection;
    }

    /** Whether a response is begun and not ended: nothing else may be said then. */
    boolean lineOpen() {
        return lineOpen;
    }

    boolean saidBye() {
        return saidBye;
    }

    /** Whether strings may be quoted in UTF-8 and mailbox names are UTF-8 from now on (RFC 9051 §5.1, RFC 6855 §3). */
    void speakUtf8(boolean on) {
        utf8 = on;
    }

    boolean speaksUtf8() {
        return utf8;
    }

    /** A piece of a response. */
    ImapWriter text(String ascii) throws IOException {
        lineOpen = true;
        put(ascii);
        return this;
    }

    /** A number in a response. */
    ImapWriter number(long value) throws IOException {
        lineOpen = true;
        int at = digits.length;
        long left = value;
        do {
            digits[--at] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
        put(digits, at, digits.length - at);
        return this;
    }

    /** flag-list with its parentheses. */
    ImapWriter flags(Flags flags, boolean recent) throws IOException {
        if (!flags.keywords().isEmpty()) {
            return list(FlagText.words(flags, recent));
        }
        lineOpen = true;
        byte[] octets = FlagText.octets(flags.system(), recent);
        put(octets, 0, octets.length);
        return this;
    }

    /** permsg-modsequence (RFC 7162 §7). */
    ImapWriter modSeq(long value) throws IOException {
        return text("MODSEQ (").number(value).text(")");
    }

    void endLine() throws IOException {
        put("\r\n");
        lineOpen = false;
    }

    /** A whole untagged response. */
    void untagged(String ascii) throws IOException {
        text("* ").text(ascii).endLine();
    }

    void tagged(String tag, Reply reply) throws IOException {
        text(tag).text(" ").text(reply.status().name()).text(" ");
        if (reply.code() != null) {
            text("[").text(reply.code()).text("] ");
        }
        text(printable(reply.text())).endLine();
    }

    void bye(String ascii) throws IOException {
        saidBye = true;
        untagged("BYE " + ascii);
    }

    void continuation(String ascii) throws IOException {
        text("+ ").text(ascii).endLine();
    }

    /** nstring of text: quoted when it can be, which for UTF-8 the client must have asked for, else a literal in UTF-8. */
    ImapWriter string(@Nullable String value) throws IOException {
        if (value == null) {
            return text("NIL");
        }
        byte[] octets = value.getBytes(StandardCharsets.UTF_8);
        return string(octets, 0, octets.length);
    }

    /**
     * nstring of text that is UTF-8 already.
     *
     * @param length octets, negative for NIL
     */
    ImapWriter string(byte[] utf8, int offset, int length) throws IOException {
        if (length < 0) {
            return text("NIL");
        }
        if (isQuotable(utf8, offset, length)) {
            return quoted(utf8, offset, offset + length);
        }
        byte[] octets = Arrays.copyOfRange(utf8, offset, offset + length);
        for (int i = 0; i < octets.length; i++) {
            octets[i] = octets[i] == 0 ? (byte) '?' : octets[i];
        }
        return literal(octets.length).octets(octets, 0, octets.length);
    }

    private boolean isQuotable(byte[] octets, int offset, int length) {
        if (length > QUOTED_MAX) {
            return false;
        }
        for (int i = offset; i < offset + length; i++) {
            boolean wide = octets[i] < 0 && utf8;
            if (octets[i] < ' ' && octets[i] != '\t' && !wide || octets[i] == DELETE) {
                return false;
            }
        }
        return true;
    }

    private ImapWriter quoted(byte[] octets, int offset, int end) throws IOException {
        text("\"");
        int from = offset;
        for (int i = offset; i < end; i++) {
            if (octets[i] == '"' || octets[i] == '\\') {
                put(octets, from, i - from);
                text("\\");
                from = i;
            }
        }
        put(octets, from, end - from);
        return text("\"");
    }

    /** A mailbox name, always quoted: in UTF-8 for who asked for that, else in modified UTF-7. */
    ImapWriter mailbox(MailboxName name) throws IOException {
        return mailbox(name.value());
    }

    /** A mailbox name as somebody wrote it. */
    ImapWriter mailbox(String name) throws IOException {
        return string(utf8 ? name : ModifiedUtf7.encode(name));
    }

    /** Announces a literal; exactly so many octets must follow. */
    ImapWriter literal(long size) throws IOException {
        return text("{" + size + "}\r\n");
    }

    /** Announces a literal8 (RFC 3516 §4.1), of which {@link #raw} writes the octets. */
    ImapWriter literal8(long size) throws IOException {
        return text("~{" + size + "}\r\n");
    }

    /** Octets as they are. */
    ImapWriter raw(byte[] octets, int offset, int length) throws IOException {
        put(octets, offset, length);
        return this;
    }

    /** Octets of a literal; a NUL, which none may have (RFC 9051 §9 CHAR8), goes as 0x80, so that the count stays right. */
    ImapWriter octets(byte[] octets, int offset, int length) throws IOException {
        int nul = Nul.find(octets, offset, offset + length);
        if (nul == offset + length) {
            put(octets, offset, length);
            return this;
        }
        byte[] clean = Arrays.copyOfRange(octets, offset, offset + length);
        for (int i = nul - offset; i < length; i++) {
            clean[i] = clean[i] == 0 ? IN_PLACE_OF_NUL : clean[i];
        }
        put(clean, 0, length);
        return this;
    }

    /** Octets of a response as they were written once. */
    void written(byte[] octets, int offset, int length) throws IOException {
        put(octets, offset, length);
    }

    /** Remembers what is written from now on, up to {@link #recorded}. */
    void record() {
        recording = true;
    }

    /** What was written since {@link #record}. */
    byte[] recorded() {
        recording = false;
        byte[] octets = record.toByteArray();
        record.reset();
        return octets;
    }

    private void put(String text) throws IOException {
        connection.write(text);
        if (recording) {
            record.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void put(byte[] octets, int offset, int length) throws IOException {
        connection.write(octets, offset, length);
        if (recording) {
            record.write(octets, offset, length);
        }
    }

    /** words in parentheses. */
    ImapWriter list(List<String> words) throws IOException {
        return text("(").text(String.join(" ", words)).text(")");
    }

    void flush() throws IOException {
        connection.flush();
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
