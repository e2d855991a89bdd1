// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import org.wildpost.core.message.SpooledMessage;

/**
 * Makes a message of BINARYMIME one of lines: the body of every part with {@code Content-Transfer-Encoding: binary} is written in Base64 (RFC 2045 §6.8), a
 * multipart or message around it becomes {@code 8bit}, all else stays octet for octet. RFC 3030 §3 leaves that to a server whose next hop, or whose store's
 * readers, cannot take octets that are no lines; IMAP, POP3 and other servers cannot.
 */
public final class BinaryParts {
    private static final int BUFFER = 32 * 1024;

    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private long position;

    private BinaryParts(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Whether any part of the message says that it is binary. */
    public static boolean areIn(MimePart root) {
        return isBinary(root) || root.children().stream().anyMatch(BinaryParts::areIn);
    }

    /**
     * Writes the message with its binary parts encoded.
     *
     * @param root its structure, as the indexer found it
     */
    public static void encode(SpooledMessage message, MimePart root, OutputStream out) throws IOException {
        try (InputStream in = message.open()) {
            BinaryParts parts = new BinaryParts(in, out);
            parts.part(root);
            if (isBinary(root) && root.children().isEmpty()) {
                out.write('\r');
                out.write('\n');
            }
            parts.copyTo(message.size());
        }
    }

    private static boolean isBinary(MimePart part) {
        return part.transferEncoding().equals("binary");
    }

    private void part(MimePart part) throws IOException {
        copyTo(part.headerOffset());
        boolean leaf = part.children().isEmpty();
        if (isBinary(part)) {
            header(part.bodyOffset(), leaf ? "base64" : "8bit");
        }
        copyTo(part.bodyOffset());
        for (MimePart child : part.children()) {
            part(child);
        }
        long end = part.bodyOffset() + part.bodyLength();
        if (leaf && isBinary(part)) {
            encodeTo(end);
        } else {
            copyTo(end);
        }
    }

    /** Copies a header with another transfer encoding; behind what the indexer looks at nothing is changed. */
    private void header(long end, String encoding) throws IOException {
        byte[] header = in.readNBytes((int) Math.min(end - position, OpenPart.MAX_HEADER_OCTETS));
        position += header.length;
        out.write(TransferEncodingField.replaced(header, encoding));
    }

    private void copyTo(long end) throws IOException {
        while (position < end) {
            out.write(buffer, 0, read(end));
        }
    }

    private void encodeTo(long end) throws IOException {
        OutputStream base64 = Base64.getMimeEncoder().wrap(new Unclosed(out));
        while (position < end) {
            base64.write(buffer, 0, read(end));
        }
        base64.close();
    }

    private int read(long end) throws IOException {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, end - position));
        if (read < 0) {
            throw new EOFException("the message ends before its structure");
        }
        position += read;
        return read;
    }

    /** The encoder writes its last octets when it is closed; what is behind it stays open. */
    private static final class Unclosed extends OutputStream {
        private final OutputStream out;

        Unclosed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
        }
    }
}
