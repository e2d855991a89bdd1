// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.wildpost.adapter.imap.FetchItem.Octets;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.ImapListener;

/**
 * Octets of messages as FETCH answers with them (RFC 9051 §7.5.2): from what was read ahead, else in slices, so that nothing is held while the client reads.
 * For one command.
 */
final class OctetsWriter {
    /** Octets of a header that are looked at for single fields. */
    static final int HEADER_MAX = 4 * 1024 * 1024;

    private final ImapContext context;
    private final MailboxView view;
    private final ImapWriter out;
    private final IdentityHashMap<Octets, HeaderFields> filters = new IdentityHashMap<>();

    OctetsWriter(ImapContext context, MailboxView view) {
        this.context = context;
        this.view = view;
        this.out = context.writer();
    }

    /** How many octets of a message, from its first, the items of a plan need. */
    static long wanted(FetchPlan plan, FetchRow row) {
        long wanted = 0;
        for (FetchItem item : plan.items()) {
            if (item instanceof Octets octets) {
                Optional<Sections.Range> range = chosen(octets, row);
                wanted =
                        Math.max(wanted, range.map(r -> r.offset() + r.length()).orElse(0L));
            }
        }
        return wanted;
    }

    /** What must be read for an item; empty when the message has no such part. */
    private static Optional<Sections.Range> chosen(Octets item, FetchRow row) {
        Optional<Sections.Range> range = Sections.locate(item.section(), row);
        return item.section().kind().filtersFields() || item.partial().isEmpty()
                ? range
                : range.map(whole -> whole.narrowed(item.partial().get()));
    }

    /**
     * Writes one item.
     *
     * @param head the first octets of the message, when they were read ahead
     */
    void write(Octets item, FetchRow row, Optional<byte[]> head) throws IOException {
        out.text(item.label());
        if (item.partial().isPresent()) {
            out.text("<" + item.partial().get().origin() + ">");
        }
        out.text(" ");
        Optional<Sections.Range> range = chosen(item, row);
        if (range.isEmpty()) {
            out.string(null);
        } else if (item.section().kind().filtersFields()) {
            fields(item, row.uid(), range.get(), head);
        } else {
            octets(row.uid(), range.get(), head);
        }
    }

    private void octets(long uid, Sections.Range range, Optional<byte[]> head) throws IOException {
        if (range.length() == 0) {
            out.string("");
        } else if (head.isPresent() && range.offset() + range.length() <= head.get().length) {
            out.literal(range.length()).octets(head.get(), (int) range.offset(), (int) range.length());
        } else {
            stream(uid, range);
        }
    }

    private void fields(Octets item, long uid, Sections.Range range, Optional<byte[]> head) throws IOException {
        Optional<byte[]> header = head.isPresent() && range.offset() + range.length() <= head.get().length
                ? head.map(octets -> cut(octets, range))
                : header(uid, range);
        if (header.isEmpty()) {
            out.string(null);
            return;
        }
        Section section = item.section();
        byte[] chosen = filters.computeIfAbsent(
                        item, same -> new HeaderFields(section.fields(), section.kind() == Section.Kind.HEADER_FIELDS))
                .of(header.get());
        Sections.Range all = new Sections.Range(0, chosen.length);
        Sections.Range part = item.partial().map(all::narrowed).orElse(all);
        out.literal(part.length()).octets(chosen, (int) part.offset(), (int) part.length());
    }

    private static byte[] cut(byte[] octets, Sections.Range range) {
        boolean all = range.offset() == 0 && range.length() == octets.length;
        return all ? octets : Arrays.copyOfRange(octets, (int) range.offset(), (int) (range.offset() + range.length()));
    }

    private Optional<byte[]> header(long uid, Sections.Range range) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long length = Math.min(range.length(), HEADER_MAX);
        while (all.size() < length) {
            Optional<byte[]> slice = slice(uid, range.offset() + all.size(), length - all.size());
            if (slice.isEmpty() || slice.get().length == 0) {
                return all.size() > 0 ? Optional.of(all.toByteArray()) : Optional.empty();
            }
            all.writeBytes(slice.get());
        }
        return Optional.of(all.toByteArray());
    }

    /** The octets as a literal; NIL when the message is gone before the first of them. */
    private void stream(long uid, Sections.Range range) throws IOException {
        Optional<byte[]> slice = slice(uid, range.offset(), range.length());
        if (slice.isEmpty()) {
            out.string(null);
            return;
        }
        out.literal(range.length());
        long sent = 0;
        while (sent < range.length()) {
            byte[] octets = slice.orElseThrow(() -> gone(uid));
            if (octets.length == 0) {
                throw gone(uid);
            }
            out.octets(octets, 0, octets.length);
            sent += octets.length;
            if (sent < range.length()) {
                slice = slice(uid, range.offset() + sent, range.length() - sent);
            }
        }
    }

    /** Within a literal nothing can be said any more: the session sees the open line and ends. */
    private static IllegalStateException gone(long uid) {
        return new IllegalStateException("message " + uid + " vanished while it was read");
    }

    private Optional<byte[]> slice(long uid, long offset, long length) {
        int octets = (int) Math.min(length, ImapListener.SLICE);
        return context.ask(l -> l.content(view.ref(), uid, offset, octets));
    }
}
