// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Decodes the encoded words of header fields (RFC 2047). What cannot be decoded stays as it is; never throws. */
public final class EncodedWords {
    /** {@code =?charset*language?encoding?text?=} (RFC 2047 §2, RFC 2231 §5); spaces in the text are forgiven. */
    private static final Pattern WORD =
            Pattern.compile("=\\?([^?*\\s]{1,64})(?:\\*[^?\\s]{0,32})?\\?([BbQq])\\?([^?]*)\\?=");

    private EncodedWords() {}

    /** The text as a person reads it. */
    public static String decode(String text) {
        if (!text.contains("=?")) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        Matcher matcher = WORD.matcher(text);
        Run run = new Run(out);
        int last = 0;
        while (matcher.find()) {
            String between = text.substring(last, matcher.start());
            Optional<Charset> charset = Charsets.named(matcher.group(1));
            byte @Nullable [] octets = charset.isEmpty() ? null : octets(matcher.group(2), matcher.group(3));
            if (!between.isBlank() || !run.isOpen() || octets == null) {
                // White space between two encoded words is not part of the text (RFC 2047 §6.2); any other is.
                run.close();
                out.append(between);
            }
            if (octets == null) {
                out.append(matcher.group());
            } else {
                run.add(charset.orElseThrow(), octets);
            }
            last = matcher.end();
        }
        run.close();
        return out.append(text, last, text.length()).toString();
    }

    /** Neighbours of one charset are decoded together: senders cut characters in two. */
    private static final class Run {
        private final StringBuilder out;
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private @Nullable Charset charset;

        Run(StringBuilder out) {
            this.out = out;
        }

        boolean isOpen() {
            return charset != null;
        }

        void add(Charset next, byte[] more) {
            if (!next.equals(charset)) {
                close();
                charset = next;
            }
            octets.writeBytes(more);
        }

        void close() {
            if (charset != null) {
                out.append(octets.toString(charset));
                octets.reset();
                charset = null;
            }
        }
    }

    private static byte @Nullable [] octets(String encoding, String text) {
        return encoding.equalsIgnoreCase("B") ? base64(text) : quoted(text);
    }

    private static byte @Nullable [] base64(String text) {
        try {
            String clean = text.replaceAll("\\s|=+$", "");
            return Base64.getDecoder().decode(clean);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] quoted(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '_') {
                octets.write(' ');
            } else if (c == '='
                    && i + 2 < text.length()
                    && Character.digit(text.charAt(i + 1), 16) >= 0
                    && Character.digit(text.charAt(i + 2), 16) >= 0) {
                octets.write(Character.digit(text.charAt(i + 1), 16) * 16 + Character.digit(text.charAt(i + 2), 16));
                i += 2;
            } else {
                octets.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return octets.toByteArray();
    }
}
