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
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/** FETCH and UID FETCH (RFC 9051 §6.4.5, §7.5.2): rows in batches, octets in slices, nothing held while the client reads. */
final class FetchHandler {
    /** Octets of a header that are looked at for single fields. */
    static final int HEADER_MAX = 4 * 1024 * 1024;

    private final ImapContext context;
    private final ImapWriter out;
    private final StructureWriter structures;
    private final BinaryContent binaries;
    private boolean undecodable;

    FetchHandler(ImapContext context) {
        this.context = context;
        this.out = context.writer();
        this.structures = new StructureWriter(out);
        this.binaries = new BinaryContent(context);
    }

    Reply fetch(MessageCommand.Fetch command) throws IOException {
        MailboxView view = context.view();
        Optional<long[]> messages = view.resolve(command.messages(), command.uid());
        if (messages.isEmpty()) {
            return Reply.bad("no such message");
        }
        FetchPlan plan = FetchPlan.of(command);
        long[] uids = messages.get();
        int told = 0;
        undecodable = false;
        for (int from = 0; from < uids.length; from += ImapListener.BATCH) {
            long[] batch = Arrays.copyOfRange(uids, from, Math.min(from + ImapListener.BATCH, uids.length));
            Set<Long> newlySeen = plan.marksSeen() && !view.readOnly() ? markSeen(view, batch) : Set.of();
            told += plan.needsRows() ? rows(view, plan, batch, newlySeen) : flags(view, plan, batch);
        }
        if (undecodable) {
            return Reply.no("UNKNOWN-CTE", "a part has a transfer encoding that is not known here");
        }
        if (told < uids.length && !command.uid()) {
            return Reply.no("EXPUNGEISSUED", "some of the messages are gone");
        }
        return Reply.ok("FETCH done");
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
        for (Changes.Changed message : result.messages()) {
            view.learn(message.uid(), message.flags());
            marked.add(message.uid());
        }
        return marked;
    }

    /** UIDs and flags are known here: no question is asked. */
    private int flags(MailboxView view, FetchPlan plan, long[] batch) throws IOException {
        for (long uid : batch) {
            out.text("* " + view.sequence(uid) + " FETCH (");
            String before = "";
            for (FetchItem item : plan.items()) {
                out.text(before);
                if (item == Simple.UID) {
                    out.text("UID " + uid);
                } else {
                    writeFlags(view, uid);
                }
                before = " ";
            }
            out.text(")").endLine();
        }
        return batch.length;
    }

    private int rows(MailboxView view, FetchPlan plan, long[] batch, Set<Long> newlySeen) throws IOException {
        List<FetchRow> rows = context.ask(l -> l.fetch(view.ref(), batch, plan.details()));
        for (FetchRow row : rows) {
            view.learn(row.uid(), row.flags());
            view.announceKeywords(out);
            row(view, plan, row, newlySeen.contains(row.uid()));
        }
        return rows.size();
    }

    /** The items that can be told of a message, which are all but those with an unknown transfer encoding (RFC 3516 §4.3). */
    private List<FetchItem> decodable(FetchPlan plan, FetchRow row) {
        List<FetchItem> items = plan.items().stream()
                .filter(item -> switch (item) {
                    case FetchItem.Binary binary -> BinaryContent.isDecodable(binary.path(), row);
                    case FetchItem.BinarySize size -> BinaryContent.isDecodable(size.path(), row);
                    case Simple ignored -> true;
                    case Octets ignored -> true;
                })
                .toList();
        undecodable |= items.size() < plan.items().size();
        return items;
    }

    private void row(MailboxView view, FetchPlan plan, FetchRow row, boolean newlySeen) throws IOException {
        List<FetchItem> decodable = plan.hasBinary() ? decodable(plan, row) : plan.items();
        if (decodable.isEmpty() && !newlySeen) {
            return;
        }
        out.text("* " + view.sequence(row.uid()) + " FETCH (");
        String before = "";
        for (FetchItem item : decodable) {
            out.text(before);
            before = " ";
            switch (item) {
                case Simple simple -> simple(view, simple, row);
                case Octets octets -> octets(view, octets, row);
                case FetchItem.Binary binary -> binaries.octets(view.ref(), binary, row);
                case FetchItem.BinarySize size -> binaries.size(view.ref(), size, row);
            }
        }
        if (newlySeen && !plan.items().contains(Simple.FLAGS)) {
            out.text(before);
            writeFlags(view, row.uid());
        }
        out.text(")").endLine();
    }

    private void writeFlags(MailboxView view, long uid) throws IOException {
        out.text("FLAGS ").list(FlagText.words(view.flags(uid), view.isRecent(uid)));
        view.told(uid);
    }

    private void simple(MailboxView view, Simple item, FetchRow row) throws IOException {
        switch (item) {
            case UID -> out.text("UID " + row.uid());
            case FLAGS -> writeFlags(view, row.uid());
            case INTERNALDATE ->
                out.text("INTERNALDATE \"")
                        .text(ImapDates.formatDateTime(row.internalDate()))
                        .text("\"");
            case SIZE -> out.text("RFC822.SIZE " + row.size());
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
        Optional<Sections.Range> range = Sections.range(item.section(), row);
        if (range.isEmpty()) {
            out.string(null);
        } else if (item.section().kind().filtersFields()) {
            fields(view, item, row.uid(), range.get());
        } else {
            Sections.Range whole = range.get();
            stream(view, row.uid(), item.partial().map(whole::narrowed).orElse(whole));
        }
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
