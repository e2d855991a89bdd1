// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.https;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one response (RFC 9112): status line, fields, and a body by length, in chunks, or up to the end. For one thread. */
final class HttpReader {
    /** Octets of status line and fields that are taken. */
    static final int MAX_HEAD = 32 * 1024;

    private static final int MAX_INTERIM = 5;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( .*)?");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})[ \\t]*(;.*)?");

    private final InputStream in;
    private final int maxBody;
    private int headLeft = MAX_HEAD;

    HttpReader(InputStream in, int maxBody) {
        this.in = new BufferedInputStream(in);
        this.maxBody = maxBody;
    }

    /**
     * @throws IOException saying what is wrong with the answer
     */
    HttpsAnswer.Response read() throws IOException {
        for (int interim = 0; interim <= MAX_INTERIM; interim++) {
            int status = status(line());
            Map<String, String> fields = fields();
            // Answers of 1xx come before the one that counts (RFC 9110 §15.2).
            if (status >= 200) {
                return new HttpsAnswer.Response(status, mediaType(fields), body(status, fields));
            }
        }
        throw new IOException("no final answer");
    }

    private static int status(String line) throws IOException {
        Matcher matcher = STATUS.matcher(line);
        if (!matcher.matches()) {
            throw new IOException("the answer is not HTTP");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private Map<String, String> fields() throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("the answer has a malformed field");
            }
            fields.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (first, second) -> first + ", " + second);
        }
        return fields;
    }

    private static String mediaType(Map<String, String> fields) {
        String type = fields.getOrDefault("content-type", "");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** RFC 9112 §6.3. */
    private byte[] body(int status, Map<String, String> fields) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        String coding = fields.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
        if (!coding.isEmpty()) {
            if (!coding.equals("chunked")) {
                throw new IOException("the answer has the transfer coding " + coding);
            }
            return chunks();
        }
        String length = fields.get("content-length");
        if (length == null) {
            byte[] all = in.readNBytes(maxBody + 1);
            check(all.length);
            return all;
        }
        if (!length.matches("[0-9]{1,9}")) {
            throw new IOException("the answer has a malformed length");
        }
        check(Integer.parseInt(length));
        return exactly(Integer.parseInt(length));
    }

    /** RFC 9112 §7.1. */
    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            Matcher size = CHUNK.matcher(line());
            if (!size.matches()) {
                throw new IOException("the answer has a malformed chunk");
            }
            int octets = Integer.parseInt(size.group(1), 16);
            if (octets == 0) {
                return body.toByteArray();
            }
            check(body.size() + octets);
            body.writeBytes(exactly(octets));
            if (!line().isEmpty()) {
                throw new IOException("the answer has a malformed chunk");
            }
        }
    }

    private void check(int octets) throws IOException {
        if (octets > maxBody) {
            throw new IOException("the answer has more than " + maxBody + " octets");
        }
    }

    private byte[] exactly(int octets) throws IOException {
        byte[] read = in.readNBytes(octets);
        if (read.length < octets) {
            throw new EOFException("the answer ends early");
        }
        return read;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the answer ends early");
            }
            if (--headLeft <= 0) {
                throw new IOException("the head of the answer has more than " + MAX_HEAD + " octets");
            }
            line.write(octet);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
