// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.wildpost.adapter.imap.FetchItem.Octets;
import org.wildpost.adapter.imap.FetchItem.Simple;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.MimePart;

/** FETCH and UID FETCH (RFC 9051 §6.4.5, §7.5.2; RFC 7162 §3.1.4): rows in batches, octets in slices, nothing held while the client reads. */
final class FetchHandler {
    /** Octets of a header that are looked at for single fields. */
    static final int HEADER_MAX = 4 * 1024 * 1024;

    private final ImapContext context;
    private final ImapWriter out;
    private final StructureWriter structures;
    private final VanishedUids vanished;

    FetchHandler(ImapContext context) {
        this.context = context;
        this.out = context.writer();
        this.structures = new StructureWriter(out);
        this.vanished = new VanishedUids(context);
    }

    Reply fetch(MessageCommand.Fetch command) throws IOException {
        MailboxView view = context.view();
        OptionalLong since = command.modifiers().changedSince();
        if (since.isPresent() || command.items().contains(Simple.MODSEQ)) {
            context.enableCondstore();
        }
        Optional<long[]> messages = view.resolve(command.messages(), command.uid());
        if (messages.isEmpty()) {
            return Reply.bad("no such message");
        }
        FetchPlan plan = FetchPlan.of(command, context.lines());
        long[] uids = since.isPresent() ? changed(command, messages.get(), since.getAsLong()) : messages.get();
        int told = 0;
        for (int from = 0; from < uids.length; from += ImapListener.BATCH) {
            long[] batch = Arrays.copyOfRange(uids, from, Math.min(from + ImapListener.BATCH, uids.length));
            Set<Long> newlySeen = plan.marksSeen() && !view.readOnly() ? markSeen(view, batch) : Set.of();
            told += plan.needsRows() ? rows(view, plan, batch, newlySeen) : states(view, plan, batch);
        }
        if (told < uids.length && !command.uid()) {
            return Reply.no("EXPUNGEISSUED", "some of the messages are gone");
        }
        return Reply.ok("FETCH done");
    }

    /** Those that changed since, after saying which are gone if that was asked for (RFC 7162 §3.1.4.1, §3.2.6). */
    private long[] changed(MessageCommand.Fetch command, long[] uids, long since) throws IOException {
        MailboxView view = context.view();
        context.catchUp();
        if (command.modifiers().vanished()) {
            UidRanges asked = UidRanges.of(command.messages(), view.uidNext() - 1);
            context.lines().goneEarlier(vanished.since(since, asked));
        }
        return Arrays.stream(uids).filter(uid -> view.modSeq(uid) > since).toArray();
    }

    /** Reading a body marks the message; the client is told where that changed something. */
    private Set<Long> markSeen(MailboxView view, long[] batch) {
        long[] unseen = Arrays.stream(batch)
                .filter(uid -> !view.flags(uid).has(SystemFlag.SEEN))
                .toArray();
        if (unseen.length == 0) {
            return Set.of();
        }
        StoreRequest request =
                new StoreRequest(unseen, StoreRequest.Mode.ADD, Flags.of(SystemFlag.SEEN), OptionalLong.empty());
        StoreResult result = context.ask(l -> l.store(view.ref(), request));
        Set<Long> marked = new HashSet<>();
        result.messages().forEach(message -> marked.add(message.uid()));
        return marked;
    }

    /** UIDs, flags and MODSEQs are known here: no question is asked. */
    private int states(MailboxView view, FetchPlan plan, long[] batch) throws IOException {
        for (long uid : batch) {
            context.lines().begin(view, uid);
            String before = "";
            for (FetchItem item : plan.items()) {
                out.text(before);
                before = " ";
                if (item == Simple.UID) {
                    out.text("UID ").number(uid);
                } else if (item == Simple.MODSEQ) {
                    out.modSeq(view.modSeq(uid));
                } else {
                    writeFlags(view, uid, view.flags(uid), view.modSeq(uid));
                }
            }
            out.text(")").endLine();
        }
        return batch.length;
    }

    private int rows(MailboxView view, FetchPlan plan, long[] batch, Set<Long> newlySeen) throws IOException {
        List<FetchRow> rows = context.ask(l -> l.fetch(view.ref(), batch, plan.details()));
        for (FetchRow row : rows) {
            view.announceKeywords(context.lines(), row.flags().keywords());
            row(view, plan, row, newlySeen.contains(row.uid()));
            if (row.modSeq() > view.latestModSeq()) {
                context.raise();
            }
        }
        return rows.size();
    }

    private void row(MailboxView view, FetchPlan plan, FetchRow row, boolean newlySeen) throws IOException {
        context.lines().begin(view, row.uid());
        String before = "";
        for (FetchItem item : plan.items()) {
            out.text(before);
            before = " ";
            switch (item) {
                case Simple simple -> simple(view, simple, row);
                case Octets octets -> octets(view, octets, row);
            }
        }
        if (newlySeen && !plan.items().contains(Simple.FLAGS)) {
            out.text(before);
            unasked(view, plan, row);
        }
        out.text(")").endLine();
    }

    /** The flags that reading changed; with UID and MODSEQ for who looks at these (RFC 7162 §3.2.4). */
    private void unasked(MailboxView view, FetchPlan plan, FetchRow row) throws IOException {
        boolean tellsModSeqs = context.lines().tellsModSeqs();
        if (tellsModSeqs && !context.lines().uidsOnly() && !plan.items().contains(Simple.UID)) {
            out.text("UID ").number(row.uid()).text(" ");
        }
        writeFlags(view, row.uid(), row.flags(), row.modSeq());
        if (tellsModSeqs && !plan.items().contains(Simple.MODSEQ)) {
            out.text(" ").modSeq(row.modSeq());
        }
    }

    private void writeFlags(MailboxView view, long uid, Flags flags, long modSeq) throws IOException {
        out.text("FLAGS ").flags(flags, view.isRecent(uid));
        view.heard(uid, modSeq);
    }

    private void simple(MailboxView view, Simple item, FetchRow row) throws IOException {
        switch (item) {
            case UID -> out.text("UID ").number(row.uid());
            case FLAGS -> writeFlags(view, row.uid(), row.flags(), row.modSeq());
            case MODSEQ -> out.modSeq(row.modSeq());
            case INTERNALDATE ->
                out.text("INTERNALDATE \"")
                        .text(ImapDates.formatDateTime(row.internalDate()))
                        .text("\"");
            case SIZE -> out.text("RFC822.SIZE ").number(row.size());
            case ENVELOPE -> {
                out.text("ENVELOPE ");
                structures.envelope(row.envelope().orElseThrow());
            }
            case BODY -> {
                out.text("BODY ");
                structures.structure(row.structure().orElseThrow(), false);
            }
            case BODYSTRUCTURE -> {
                out.text("BODYSTRUCTURE ");
                structures.structure(row.structure().orElseThrow(), true);
            }
        }
    }

    private void octets(MailboxView view, Octets item, FetchRow row) throws IOException {
        out.text(item.label());
        if (item.partial().isPresent()) {
            out.text("<" + item.partial().get().origin() + ">");
        }
        out.text(" ");
        Optional<Sections.Range> range = range(item.section(), row);
        if (range.isEmpty()) {
            out.string(null);
        } else if (item.section().kind().filtersFields()) {
            fields(view, item, row.uid(), range.get());
        } else {
            Sections.Range whole = range.get();
            stream(view, row.uid(), item.partial().map(whole::narrowed).orElse(whole));
        }
    }

    private static Optional<Sections.Range> range(Section section, FetchRow row) {
        if (section.equals(Section.WHOLE)) {
            return Optional.of(new Sections.Range(0, row.size()));
        }
        MimePart root = row.structure().orElseThrow();
        return Sections.locate(section, root, row.size());
    }

    private void fields(MailboxView view, Octets item, long uid, Sections.Range header) throws IOException {
        Optional<byte[]> octets = header(view, uid, header);
        if (octets.isEmpty()) {
            out.string(null);
            return;
        }
        Section section = item.section();
        byte[] chosen =
                new HeaderFields(section.fields(), section.kind() == Section.Kind.HEADER_FIELDS).of(octets.get());
        Sections.Range all = new Sections.Range(0, chosen.length);
        Sections.Range part = item.partial().map(all::narrowed).orElse(all);
        out.literal(part.length()).octets(chosen, (int) part.offset(), (int) part.length());
    }

    private Optional<byte[]> header(MailboxView view, long uid, Sections.Range range) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long length = Math.min(range.length(), HEADER_MAX);
        while (all.size() < length) {
            Optional<byte[]> slice = slice(view, uid, range.offset() + all.size(), length - all.size());
            if (slice.isEmpty() || slice.get().length == 0) {
                return all.size() > 0 ? Optional.of(all.toByteArray()) : Optional.empty();
            }
            all.writeBytes(slice.get());
        }
        return Optional.of(all.toByteArray());
    }

    /** The octets as a literal; NIL when the message is gone before the first of them. */
    private void stream(MailboxView view, long uid, Sections.Range range) throws IOException {
        if (range.length() == 0) {
            out.string("");
            return;
        }
        Optional<byte[]> slice = slice(view, uid, range.offset(), range.length());
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
                slice = slice(view, uid, range.offset() + sent, range.length() - sent);
            }
        }
    }

    /** Within a literal nothing can be said any more: the session sees the open line and ends. */
    private static IllegalStateException gone(long uid) {
        return new IllegalStateException("message " + uid + " vanished while it was read");
    }

    private Optional<byte[]> slice(MailboxView view, long uid, long offset, long length) {
        int octets = (int) Math.min(length, ImapListener.SLICE);
        return context.ask(l -> l.content(view.ref(), uid, offset, octets));
    }
}
