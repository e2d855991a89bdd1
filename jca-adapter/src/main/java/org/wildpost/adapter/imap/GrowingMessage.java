// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.wildpost.core.listener.imap.AppendItem;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.Spool;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.BinaryParts;
import org.wildpost.core.mime.MessageIndex;

/** A message that comes in, perhaps piece by piece, and gets the line ends of stored messages. For one thread. */
final class GrowingMessage implements AutoCloseable {
    private final Flags flags;
    private final Optional<Instant> date;
    private final Path folder;
    private final int threshold;
    private final Spool spool;
    private final OutputStream lines;
    private final NulWatch literals;
    private long size;
    private boolean binary;

    /**
     * @param folder    where it may wait in a file
     * @param threshold octets that may be in memory
     */
    GrowingMessage(AppendStep.Begin begin, Path folder, int threshold) {
        this.flags = begin.flags();
        this.date = begin.date();
        this.folder = folder;
        this.threshold = threshold;
        this.spool = new Spool(folder, threshold);
        this.lines = new CanonicalLineEnds(spool);
        this.literals = new NulWatch(lines);
    }

    /** Octets as they were announced. */
    long size() {
        return size;
    }

    /**
     * Where a piece of text goes, line by line.
     *
     * @param octets how many will come
     */
    OutputStream text(long octets) {
        size += octets;
        return lines;
    }

    /**
     * The same for a literal, which has no NUL (RFC 9051 §9 literal).
     *
     * @param octets how many will come
     */
    OutputStream literal(long octets) {
        size += octets;
        return literals;
    }

    /** Whether a literal had a NUL, so that the message cannot be kept. */
    boolean hasNul() {
        return literals.seen();
    }

    /** Where a piece goes that may have any octets (RFC 3516 §4.4), so that their line ends are not known yet. */
    OutputStream octets(long octets) {
        size += octets;
        binary = true;
        return spool;
    }

    /**
     * The message; whoever takes it closes it.
     *
     * @throws IOException when the disk did not take it
     */
    AppendItem finish(MessageIndexer indexer) throws IOException {
        SpooledMessage raw = spool.finish();
        if (!binary) {
            return new AppendItem(raw, flags, date);
        }
        try {
            MessageIndex index = indexer.index(raw);
            boolean encoded = BinaryParts.areIn(index.root());
            if (!encoded && !index.bareLineEnds()) {
                return new AppendItem(raw, flags, date);
            }
            AppendItem stored = new AppendItem(stored(raw, index, encoded), flags, date);
            raw.close();
            return stored;
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** Parts of Content-Transfer-Encoding binary are kept in Base64, which RFC 3516 §4.4 leaves to the server: every reader can take them then. */
    private SpooledMessage stored(SpooledMessage raw, MessageIndex index, boolean encoded) throws IOException {
        try (Spool copy = new Spool(folder, threshold)) {
            OutputStream out = new CanonicalLineEnds(copy);
            if (encoded) {
                BinaryParts.encode(raw, index.root(), out);
            } else {
                try (InputStream in = raw.open()) {
                    in.transferTo(out);
                }
            }
            return copy.finish();
        }
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
