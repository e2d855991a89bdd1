// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.mime.MimePart;
import org.wildpost.core.mime.PartText;

/**
 * BINARY and BINARY.SIZE (RFC 3516 §4.2 and §4.3, RFC 9051 §6.4.5): parts without their transfer encoding. A large part is decoded twice, once for its
 * size and once for its octets, so that it is never in memory as a whole. For the session's thread.
 */
final class BinaryContent {
    private final ImapContext context;
    private final ImapWriter out;
    private @Nullable Measured measured;

    /** The size of what was decoded last: a client reads a large part piece by piece. */
    private record Measured(MailboxRef mailbox, long uid, List<Integer> path, long size) {}

    BinaryContent(ImapContext context) {
        this.context = context;
        this.out = context.writer();
    }

    /** Whether the part has a transfer encoding that we can take off; otherwise RFC 3516 §4.3 wants UNKNOWN-CTE. */
    static boolean isDecodable(List<Integer> path, FetchRow row) {
        return part(path, row).map(PartText::isDecodable).orElse(true);
    }

    private static Optional<MimePart> part(List<Integer> path, FetchRow row) {
        return path.isEmpty()
                ? Optional.empty()
                : Sections.part(path, row.structure().orElseThrow());
    }

    /** BINARY.SIZE; of a part that there is not, nothing. */
    void size(MailboxRef mailbox, FetchItem.BinarySize item, FetchRow row) throws IOException {
        out.text("BINARY.SIZE[" + FetchItem.dotted(item.path()) + "] " + size(mailbox, item.path(), row));
    }

    private long size(MailboxRef mailbox, List<Integer> path, FetchRow row) throws IOException {
        Optional<MimePart> part = part(path, row);
        if (part.isEmpty()) {
            return path.isEmpty() ? row.size() : 0;
        }
        if (!PartText.isEncoded(part.get())) {
            return part.get().bodyLength();
        }
        Measured last = measured;
        if (last != null
                && last.mailbox().equals(mailbox)
                && last.uid() == row.uid()
                && last.path().equals(path)) {
            return last.size();
        }
        long size = 0;
        try (InputStream in = decoded(mailbox, row.uid(), part.get())) {
            byte[] buffer = new byte[8 * 1024];
            int n = in.read(buffer);
            while (n >= 0) {
                size += n;
                n = in.read(buffer);
            }
        } catch (StoredOctets.GoneException e) {
            return 0;
        }
        measured = new Measured(mailbox, row.uid(), path, size);
        return size;
    }

    private InputStream decoded(MailboxRef mailbox, long uid, MimePart part) {
        Sections.Range body = new Sections.Range(part.bodyOffset(), part.bodyLength());
        return PartText.decodedBody(part, new StoredOctets(context, mailbox, uid, body));
    }

    /** BINARY, as a literal8, for there may be a NUL; NIL when there is no such part. */
    void octets(MailboxRef mailbox, FetchItem.Binary item, FetchRow row) throws IOException {
        out.text("BINARY[" + FetchItem.dotted(item.path()) + "]");
        if (item.partial().isPresent()) {
            out.text("<" + item.partial().get().origin() + ">");
        }
        out.text(" ");
        Optional<MimePart> part = part(item.path(), row);
        if (part.isEmpty() && !item.path().isEmpty()) {
            out.string(null);
        } else if (part.isPresent() && PartText.isEncoded(part.get())) {
            encoded(mailbox, item, row, part.get());
        } else {
            Sections.Range all = part.map(p -> new Sections.Range(p.bodyOffset(), p.bodyLength()))
                    .orElseGet(() -> new Sections.Range(0, row.size()));
            Sections.Range range = item.partial().map(all::narrowed).orElse(all);
            copy(new StoredOctets(context, mailbox, row.uid(), range), range.length());
        }
    }

    private void encoded(MailboxRef mailbox, FetchItem.Binary item, FetchRow row, MimePart part) throws IOException {
        boolean small = part.bodyLength() <= ImapListener.SLICE;
        byte[] all = small ? all(mailbox, row.uid(), part) : new byte[0];
        Sections.Range whole = new Sections.Range(0, small ? all.length : size(mailbox, item.path(), row));
        Sections.Range range = item.partial().map(whole::narrowed).orElse(whole);
        if (small) {
            out.literal8(range.length()).raw(all, (int) range.offset(), (int) range.length());
            return;
        }
        try (InputStream in = decoded(mailbox, row.uid(), part)) {
            in.skipNBytes(range.offset());
            copy(in, range.length());
        }
    }

    private byte[] all(MailboxRef mailbox, long uid, MimePart part) throws IOException {
        try (InputStream in = decoded(mailbox, uid, part)) {
            return in.readAllBytes();
        } catch (StoredOctets.GoneException e) {
            return new byte[0];
        }
    }

    /** Within a literal nothing can be said any more: a message that vanishes then ends the session. */
    private void copy(InputStream in, long length) throws IOException {
        out.literal8(length);
        byte[] buffer = new byte[(int) Math.min(length, 64 * 1024)];
        long left = length;
        while (left > 0) {
            int n = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
            if (n == 0) {
                throw new IOException("a message is shorter than it was");
            }
            out.raw(buffer, 0, n);
            left -= n;
        }
    }
}
