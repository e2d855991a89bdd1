// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.MailboxName;

/** The METADATA responses of one command (RFC 5464 §4.4.1). */
final class MetadataResponses {
    private final ImapWriter out;
    private final MetadataRequest request;
    private long longest;

    MetadataResponses(ImapWriter out, MetadataRequest request) {
        this.out = out;
        this.request = request;
    }

    /** The greatest of the values that were left out for their size, 0 when none was. */
    long longest() {
        return longest;
    }

    /**
     * What is asked for of a mailbox, or of the server.
     *
     * @param found the annotations that have a value
     */
    void write(Optional<MailboxName> mailbox, Map<AnnotationName, byte[]> found) throws IOException {
        Map<String, Optional<byte[]>> told = told(found);
        if (told.isEmpty()) {
            return;
        }
        out.text("* METADATA ").mailbox(mailbox.map(MailboxName::value).orElse(""));
        String before = " (";
        for (Map.Entry<String, Optional<byte[]>> entry : told.entrySet()) {
            out.text(before);
            name(out, entry.getKey());
            out.text(" ");
            value(entry.getValue().orElse(null));
            before = " ";
        }
        out.text(")").endLine();
    }

    /** Under the names that the client uses; what it asked for and does not exist is NIL. */
    private Map<String, Optional<byte[]>> told(Map<AnnotationName, byte[]> found) {
        Map<AnnotationName, byte[]> sorted = new TreeMap<>(found);
        Map<String, Optional<byte[]>> told = new LinkedHashMap<>();
        for (MetadataRequest.Entry entry : request.entries()) {
            boolean any = false;
            for (Map.Entry<AnnotationName, byte[]> annotation : sorted.entrySet()) {
                if (annotation.getKey().isAtOrBelow(entry.name(), request.levels())) {
                    any = true;
                    String below = annotation
                            .getKey()
                            .toString()
                            .substring(entry.name().toString().length());
                    tell(told, entry.written() + below, annotation.getValue());
                }
            }
            if (!any) {
                told.putIfAbsent(entry.written(), Optional.empty());
            }
        }
        return told;
    }

    private void tell(Map<String, Optional<byte[]>> told, String name, byte[] value) {
        if (value.length > request.maxSize()) {
            longest = Math.max(longest, value.length);
        } else {
            told.put(name, Optional.of(value));
        }
    }

    /** An astring. */
    static void name(ImapWriter out, String name) throws IOException {
        if (name.chars().allMatch(c -> Cursor.isAtomChar((char) c))) {
            out.text(name);
        } else {
            out.string(name);
        }
    }

    /** value = nstring / literal8: the last for what has a NUL. */
    private void value(byte @Nullable [] value) throws IOException {
        if (value == null) {
            out.string(null);
            return;
        }
        boolean nul = false;
        boolean wide = false;
        for (byte octet : value) {
            nul |= octet == 0;
            wide |= octet < 0;
        }
        if (nul) {
            out.literal8(value.length).raw(value, 0, value.length);
        } else if (wide) {
            out.literal(value.length).raw(value, 0, value.length);
        } else {
            out.string(value, 0, value.length);
        }
    }
}
