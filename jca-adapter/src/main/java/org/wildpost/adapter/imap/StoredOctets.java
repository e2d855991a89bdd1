// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.ImapListener;

/** A range of a stored message as a stream that asks for one slice after the other: never more of it is in memory than that. For the session's thread. */
final class StoredOctets extends InputStream {
    private final ImapContext context;
    private final MailboxRef mailbox;
    private final long uid;
    private final long end;
    private long offset;
    private byte[] slice = {};
    private int position;

    /** The message was expunged before its octets were read. */
    static final class GoneException extends IOException {
        private static final long serialVersionUID = 1L;

        GoneException(long uid) {
            super("message " + uid + " vanished while it was read");
        }
    }

    StoredOctets(ImapContext context, MailboxRef mailbox, long uid, Sections.Range range) {
        this.context = context;
        this.mailbox = mailbox;
        this.uid = uid;
        this.offset = range.offset();
        this.end = range.offset() + range.length();
    }

    @Override
    public int read() throws IOException {
        return isAtEnd() ? -1 : slice[position++] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int taken = Math.min(length, slice.length - position);
        System.arraycopy(slice, position, buffer, from, taken);
        position += taken;
        return taken;
    }

    private boolean isAtEnd() throws GoneException {
        if (position == slice.length && offset < end) {
            int wanted = (int) Math.min(end - offset, ImapListener.SLICE);
            Optional<byte[]> next = context.ask(l -> l.content(mailbox, uid, offset, wanted));
            slice = next.filter(octets -> octets.length > 0).orElseThrow(() -> new GoneException(uid));
            offset += slice.length;
            position = 0;
        }
        return position == slice.length;
    }
}
