// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads replies, within limits. For one thread. */
final class ReplyReader {
    /** Octets of nonsense that a complaint shows. */
    private static final int SHOWN = 80;

    private final Wire wire;
    private final byte[] line;

    ReplyReader(Wire wire) {
        this.wire = wire;
        this.line = new byte[wire.settings().replyLine()];
    }

    /**
     * The next reply.
     *
     * @param stage that it answers, for complaints
     * @throws TalkException when there is none, when it takes too long or is too long, and when it is not one
     */
    Reply read(Stage stage) throws TalkException {
        TransportSettings limits = wire.settings();
        List<String> texts = new ArrayList<>(1);
        int octets = 0;
        int code = 0;
        while (true) {
            int length = readLine(stage);
            octets += length;
            String text = new String(line, 0, length, StandardCharsets.UTF_8);
            ReplyParser.Line parsed = parse(stage, text);
            if (!texts.isEmpty() && parsed.code() != code) {
                throw TalkException.garbage(stage, "one reply has the codes " + code + " and " + parsed.code());
            }
            code = parsed.code();
            texts.add(parsed.text());
            if (parsed.last()) {
                return new Reply(code, texts);
            }
            if (texts.size() >= limits.replyLines() || octets > limits.replyOctets()) {
                throw TalkException.garbage(stage, "the reply is endless");
            }
        }
    }

    private static ReplyParser.Line parse(Stage stage, String text) throws TalkException {
        try {
            return ReplyParser.parse(text);
        } catch (ReplyParser.SyntaxException e) {
            String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
            throw TalkException.garbage(stage, e.getMessage() + ": " + OneLine.of(shown));
        }
    }

    /** One line; LF alone ends it too, for there are servers that say nothing else and nothing can be smuggled past a client in a reply. */
    private int readLine(Stage stage) throws TalkException {
        int length = 0;
        for (int octet = wire.read(); octet != '\n'; octet = wire.read()) {
            if (length == line.length) {
                throw TalkException.garbage(stage, "a line is longer than " + line.length + " octets");
            }
            line[length++] = (byte) octet;
        }
        return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    }
}
