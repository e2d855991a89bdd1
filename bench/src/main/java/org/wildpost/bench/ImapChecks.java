// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether untagged FETCH responses say of a message of the corpus what is true. */
final class ImapChecks {
    /** The header fields that are asked for. */
    static final List<String> FIELDS = List.of("FROM", "SUBJECT", "DATE");

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("d-MMM-uuuu HH:mm:ss Z", Locale.ENGLISH);
    private static final Pattern INTERNAL_DATE = Pattern.compile("INTERNALDATE \" ?0?([^\"]+)\"");
    private static final Pattern LEAF =
            Pattern.compile("\\(\"(text|application)\" \"(plain|html|pdf)\"", Pattern.CASE_INSENSITIVE);

    private ImapChecks() {}

    /** What is wrong with a response, empty when nothing is. */
    static Optional<String> problem(ImapRow row, CorpusMessage message, byte[] response) {
        boolean right = switch (row) {
            case ENVELOPE -> envelope(message, text(response));
            case STRUCTURE -> structure(message, text(response));
            case FIELDS -> ends(response, fields(message.octets()));
            case BODIES -> ends(response, message.octets());
            default -> true;
        };
        String shown = text(response);
        return right
                ? Optional.empty()
                : Optional.of("message " + message.index() + ": " + shown.substring(0, Math.min(500, shown.length())));
    }

    private static boolean envelope(CorpusMessage message, String response) {
        Matcher date = INTERNAL_DATE.matcher(response);
        return response.contains("RFC822.SIZE " + message.octets().length)
                && response.contains(" \"" + message.messageId() + "\")")
                && date.find()
                && instant(date.group(1)).equals(message.arrived());
    }

    private static Instant instant(String dateTime) {
        return OffsetDateTime.parse(dateTime, DATE_TIME).toInstant();
    }

    private static boolean structure(CorpusMessage message, String response) {
        return LEAF.matcher(response).results().count() == message.leaves();
    }

    /** Whether the response is a literal of these octets and a parenthesis. */
    private static boolean ends(byte[] response, byte[] literal) {
        int from = response.length - 1 - literal.length;
        return from > 0
                && Arrays.equals(response, from, response.length - 1, literal, 0, literal.length)
                && text(Arrays.copyOf(response, from)).endsWith("{" + literal.length + "}\r\n");
    }

    /** The {@link #FIELDS} of a message with the empty line behind them. */
    static byte[] fields(byte[] message) {
        String all = text(message);
        ByteArrayOutputStream chosen = new ByteArrayOutputStream();
        boolean taking = false;
        for (String line : all.substring(0, all.indexOf("\r\n\r\n") + 2).split("(?<=\n)")) {
            if (line.charAt(0) != ' ' && line.charAt(0) != '\t') {
                taking = FIELDS.contains(line.substring(0, line.indexOf(':')).toUpperCase(Locale.ROOT));
            }
            if (taking) {
                chosen.writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        chosen.writeBytes(new byte[] {'\r', '\n'});
        return chosen.toByteArray();
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
