// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the value of a structured MIME field: a word and parameters (RFC 2045 §5.1, RFC 2231). Takes what broken senders write. */
final class ParameterParser {
    /** Parameters of one field that are kept. */
    static final int MAX_PARAMETERS = 100;

    private final String text;
    private int at;

    private ParameterParser(String text) {
        this.text = text;
    }

    /**
     * @param word       what stands before the first semicolon, in lower case
     * @param parameters in order, names in lower case, continuations joined and decoded
     */
    record Value(String word, Map<String, String> parameters) {}

    static Value parse(String text) {
        return new ParameterParser(text).value();
    }

    /** The word and each parameter as they are written, without the semicolons between them and the blanks around these. */
    static List<String> split(String text) {
        List<String> pieces = new ArrayList<>();
        ParameterParser parser = new ParameterParser(text);
        int start = 0;
        while (parser.at < text.length()) {
            char c = text.charAt(parser.at);
            if (c == ';') {
                pieces.add(text.substring(start, parser.at).strip());
                start = parser.at + 1;
            }
            if (c == '(') {
                parser.skipComment();
            } else if (c == '"') {
                parser.skipQuoted();
            } else {
                parser.at++;
            }
        }
        pieces.add(text.substring(start).strip());
        return pieces;
    }

    private Value value() {
        StringBuilder word = new StringBuilder();
        skipBlank();
        while (at < text.length() && text.charAt(at) != ';') {
            if (text.charAt(at) == '(') {
                skipComment();
            } else {
                word.append(text.charAt(at++));
            }
        }
        Map<String, String> plain = new LinkedHashMap<>();
        Map<String, Map<Integer, Segment>> pieces = new LinkedHashMap<>();
        while (at < text.length() && plain.size() + pieces.size() < MAX_PARAMETERS) {
            at++;
            parameter(plain, pieces);
        }
        pieces.forEach((name, segments) -> plain.put(name, joined(segments)));
        return new Value(word.toString().strip().toLowerCase(Locale.ROOT), plain);
    }

    /** Reads one parameter and stops at the semicolon after it. */
    private void parameter(Map<String, String> plain, Map<String, Map<Integer, Segment>> pieces) {
        StringBuilder name = new StringBuilder();
        skipBlank();
        while (at < text.length() && text.charAt(at) != '=' && text.charAt(at) != ';') {
            name.append(text.charAt(at++));
        }
        if (at == text.length() || text.charAt(at) == ';') {
            return;
        }
        at++;
        String value = parameterValue();
        String key = name.toString().strip().toLowerCase(Locale.ROOT);
        if (key.isEmpty()) {
            return;
        }
        int star = key.indexOf('*');
        if (star <= 0) {
            plain.putIfAbsent(key, EncodedWords.decode(value));
            return;
        }
        boolean encoded = key.endsWith("*");
        String number = key.substring(star + 1, encoded && key.length() - 1 > star ? key.length() - 1 : key.length());
        int index = number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : 0;
        pieces.computeIfAbsent(key.substring(0, star), _ -> new TreeMap<>())
                .putIfAbsent(index, new Segment(value, encoded));
    }

    private String parameterValue() {
        skipBlank();
        StringBuilder value = new StringBuilder();
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            while (at < text.length() && text.charAt(at) != ';') {
                at++;
            }
            return value.toString();
        }
        while (at < text.length() && text.charAt(at) != ';') {
            if (text.charAt(at) == '(') {
                skipComment();
            } else {
                value.append(text.charAt(at++));
            }
        }
        return value.toString().strip();
    }

    private void skipBlank() {
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '(')) {
            if (text.charAt(at) == '(') {
                skipComment();
            } else {
                at++;
            }
        }
    }

    private void skipComment() {
        int depth = 0;
        do {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                at++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            }
        } while (depth > 0 && at < text.length());
    }

    private void skipQuoted() {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, text.length());
    }

    private record Segment(String text, boolean encoded) {}

    /** RFC 2231 §3 and §4: the first encoded segment names the charset, each says whether it is encoded. */
    private static String joined(Map<Integer, Segment> segments) {
        Charset charset = StandardCharsets.UTF_8;
        List<Segment> rest = new ArrayList<>(segments.values());
        Segment first = rest.getFirst();
        if (first.encoded) {
            String[] parts = first.text.split("'", 3);
            if (parts.length == 3) {
                charset = Charsets.named(parts[0]).orElse(StandardCharsets.UTF_8);
                rest.set(0, new Segment(parts[2], true));
            }
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (Segment segment : rest) {
            octets.writeBytes(segment.encoded ? unescaped(segment.text) : segment.text.getBytes(charset));
        }
        return octets.toString(charset);
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && i + 2 < text.length() && hex(text.charAt(i + 1)) >= 0 && hex(text.charAt(i + 2)) >= 0) {
                octets.write(hex(text.charAt(i + 1)) * 16 + hex(text.charAt(i + 2)));
                i += 2;
            } else {
                octets.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return octets.toByteArray();
    }

    private static int hex(char c) {
        return Character.digit(c, 16);
    }
}
