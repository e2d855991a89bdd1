// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dkim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The header fields of a message as they are signed: in their relaxed form, the last of a name first (RFC 6376 §3.4.2, §5.4.2). For one thread. */
final class SignedFields {
    /** Octets of a header that are signed at most; what is larger is no letter. */
    static final int MAX_HEADER = 1024 * 1024;

    /**
     * @param name    in lower case
     * @param relaxed the field in relaxed form, with its CRLF
     */
    record Field(String name, byte[] relaxed) {}

    private final List<Field> fields;

    private SignedFields(List<Field> fields) {
        this.fields = fields;
    }

    /** Reads the header and leaves the stream at the first octet of the body (RFC 5322 §2.1). */
    static SignedFields read(PushbackInputStream in) throws IOException {
        List<Field> fields = new ArrayList<>();
        int left = MAX_HEADER;
        byte[] raw = nextField(in, left);
        while (raw.length > 0) {
            left -= raw.length;
            add(fields, raw);
            raw = nextField(in, left);
        }
        return new SignedFields(fields);
    }

    /** How many fields of that name there are. */
    int count(String name) {
        return (int) fields.stream().filter(field -> field.name().equals(name)).count();
    }

    /**
     * The fields in the order in which the tag {@code h=} names them; a name that is there more often than the field stands for nothing
     * (RFC 6376 §5.4.2).
     */
    byte[] canonical(List<String> names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean[] used = new boolean[fields.size()];
        for (String name : names) {
            for (int i = fields.size() - 1; i >= 0; i--) {
                if (!used[i] && fields.get(i).name().equals(name)) {
                    used[i] = true;
                    out.writeBytes(fields.get(i).relaxed());
                    break;
                }
            }
        }
        return out.toByteArray();
    }

    private static void add(List<Field> fields, byte[] raw) {
        String text = new String(raw, StandardCharsets.ISO_8859_1);
        int colon = text.indexOf(':');
        if (colon > 0) {
            String name = text.substring(0, colon).stripTrailing().toLowerCase(Locale.ROOT);
            fields.add(new Field(name, relaxed(name, text.substring(colon + 1)).getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    /** RFC 6376 §3.4.2: unfolded, white space as one space, none at the ends or around the colon. */
    static String relaxed(String name, String value) {
        StringBuilder out = new StringBuilder(name.length() + value.length() + 3);
        out.append(name).append(':');
        boolean space = false;
        boolean begun = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ' ' || c == '\t') {
                space = true;
            } else if (c != '\r' && c != '\n') {
                if (space && begun) {
                    out.append(' ');
                }
                out.append(c);
                space = false;
                begun = true;
            }
        }
        return out.append("\r\n").toString();
    }

    /** One field with its continuation lines; empty at the end of the header. */
    private static byte[] nextField(PushbackInputStream in, int limit) throws IOException {
        ByteArrayOutputStream field = new ByteArrayOutputStream(128);
        int octet = in.read();
        while (octet >= 0) {
            field.write(octet);
            if (field.size() > limit) {
                throw new IOException("the header is larger than " + MAX_HEADER + " octets");
            }
            if (octet == '\n') {
                if (field.size() <= 2) {
                    return new byte[0];
                }
                int next = in.read();
                if (next >= 0 && next != ' ' && next != '\t') {
                    in.unread(next);
                    return field.toByteArray();
                }
                octet = next;
                continue;
            }
            octet = in.read();
        }
        return field.toByteArray();
    }
}
