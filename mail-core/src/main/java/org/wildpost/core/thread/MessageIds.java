// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Message-IDs as numbers: 64 bits of a SHA-256 of the normalised identifier, so that a mailbox's references fit into memory. Two identifiers that
 * share a number would be one message to {@link ReferenceThreads}; that is as likely as 1 in 30 million among a million identifiers.
 */
public final class MessageIds {
    /** References of one message that count; from a longer list the oldest and the youngest are taken. */
    public static final int MAX_REFERENCES = 200;

    private static final long[] NONE = new long[0];

    private MessageIds() {}

    /** The first Message-ID in a field; 0 when there is none. */
    public static long first(@Nullable String field) {
        if (field == null) {
            return 0;
        }
        Reading reading = new Reading(field);
        String id = reading.next();
        return id == null ? 0 : number(id);
    }

    /**
     * What a message refers to: its References, or, when there is none in them, the first identifier of its In-Reply-To (RFC 5256 §3).
     *
     * @param references the References field, null when there is none
     * @param inReplyTo  the In-Reply-To field, null when there is none
     */
    public static long[] references(@Nullable String references, @Nullable String inReplyTo) {
        long[] found = references == null ? NONE : all(references);
        if (found.length > 0) {
            return found;
        }
        long parent = first(inReplyTo);
        return parent == 0 ? NONE : new long[] {parent};
    }

    private static long[] all(String field) {
        long[] found = new long[8];
        int size = 0;
        Reading reading = new Reading(field);
        String id = reading.next();
        while (id != null) {
            if (size == MAX_REFERENCES) {
                // The oldest stays: it is the root.
                System.arraycopy(found, 2, found, 1, size - 2);
                size--;
            }
            if (size == found.length) {
                found = Arrays.copyOf(found, Math.min(size * 2, MAX_REFERENCES));
            }
            found[size++] = number(id);
            id = reading.next();
        }
        return Arrays.copyOf(found, size);
    }

    private static long number(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            long number = ByteBuffer.wrap(digest).getLong();
            return number == 0 ? 1 : number;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** msg-id = "<" id-left "@" id-right ">" (RFC 5322 §3.6.4), without its quotes, escapes and comments. */
    private static final class Reading {
        private final String field;
        private int at;

        Reading(String field) {
            this.field = field;
        }

        @Nullable
        String next() {
            while (at < field.length()) {
                char c = field.charAt(at++);
                if (c == '"') {
                    skipQuoted();
                } else if (c == '(') {
                    skipComment();
                } else if (c == '<') {
                    String id = inside();
                    if (id != null) {
                        return id;
                    }
                }
            }
            return null;
        }

        private @Nullable String inside() {
            StringBuilder id = new StringBuilder();
            boolean quoted = false;
            boolean sign = false;
            while (at < field.length()) {
                char c = field.charAt(at++);
                if (c == '\\' && at < field.length()) {
                    id.append(field.charAt(at++));
                } else if (c == '"') {
                    quoted = !quoted;
                } else if (quoted) {
                    id.append(c);
                } else if (c == '>') {
                    return sign && id.length() > 1 ? id.toString() : null;
                } else if (c == '<') {
                    id.setLength(0);
                    sign = false;
                } else if (c > ' ') {
                    sign |= c == '@';
                    id.append(c);
                }
            }
            return null;
        }

        /** A quote or a comment that never ends is none: people wrote this field by hand once. */
        private void skipQuoted() {
            int end = at;
            while (end < field.length() && field.charAt(end) != '"') {
                end += field.charAt(end) == '\\' ? 2 : 1;
            }
            at = end < field.length() ? end + 1 : at;
        }

        private void skipComment() {
            int depth = 1;
            int end = at;
            while (end < field.length() && depth > 0) {
                char c = field.charAt(end);
                end += c == '\\' ? 2 : 1;
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
            at = depth == 0 ? end : at;
        }
    }
}
