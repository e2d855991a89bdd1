// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

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

    private static final byte IN_PLACE_OF_NUL = (byte) 0x80;

    private final Connection connection;
    private final byte[] digits = new byte[19];
    private boolean lineOpen;
    private boolean saidBye;

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

    /** A piece of a response. */
    ImapWriter text(String ascii) throws IOException {
        lineOpen = true;
        connection.write(ascii);
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
        connection.write(digits, at, digits.length - at);
        return this;
    }

    /** flag-list with its parentheses. */
    ImapWriter flags(Flags flags, boolean recent) throws IOException {
        if (!flags.keywords().isEmpty()) {
            return list(FlagText.words(flags, recent));
        }
        lineOpen = true;
        byte[] octets = FlagText.octets(flags.system(), recent);
        connection.write(octets, 0, octets.length);
        return this;
    }

    /** permsg-modsequence (RFC 7162 §7). */
    ImapWriter modSeq(long value) throws IOException {
        return text("MODSEQ (").number(value).text(")");
    }

    void endLine() throws IOException {
        connection.write("\r\n");
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

    /** nstring of text: quoted when it can be, else a literal in UTF-8. */
    ImapWriter string(@Nullable String value) throws IOException {
        if (value == null) {
            return text("NIL");
        }
        if (isQuotable(value)) {
            return text("\"")
                    .text(value.replace("\\", "\\\\").replace("\"", "\\\""))
                    .text("\"");
        }
        byte[] octets = value.replace('\0', '?').getBytes(StandardCharsets.UTF_8);
        return literal(octets.length).octets(octets, 0, octets.length);
    }

    private static boolean isQuotable(String value) {
        return value.length() <= QUOTED_MAX && value.chars().allMatch(c -> c >= 0x20 && c < 0x7f || c == '\t');
    }

    /** A mailbox name in modified UTF-7, always quoted. */
    ImapWriter mailbox(MailboxName name) throws IOException {
        return string(ModifiedUtf7.encode(name.value()));
    }

    /** Announces a literal; exactly so many octets must follow. */
    ImapWriter literal(long size) throws IOException {
        return text("{" + size + "}\r\n");
    }

    /** Octets of a literal; a NUL, which none may have (RFC 9051 §9 CHAR8), goes as 0x80, so that the count stays right. */
    ImapWriter octets(byte[] octets, int offset, int length) throws IOException {
        int nul = offset;
        while (nul < offset + length && octets[nul] != 0) {
            nul++;
        }
        if (nul == offset + length) {
            connection.write(octets, offset, length);
            return this;
        }
        byte[] clean = Arrays.copyOfRange(octets, offset, offset + length);
        for (int i = nul - offset; i < length; i++) {
            clean[i] = clean[i] == 0 ? IN_PLACE_OF_NUL : clean[i];
        }
        connection.write(clean, 0, length);
        return this;
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
