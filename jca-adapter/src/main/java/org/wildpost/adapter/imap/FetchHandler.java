// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.wildpost.adapter.imap.FetchItem.Octets;
import org.wildpost.adapter.imap.FetchItem.Simple;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.Identity;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.core.mime.MimeCursor;

/** FETCH and UID FETCH (RFC 9051 §6.4.5, §7.5.2; RFC 7162 §3.1.4): rows in batches, octets in slices, nothing held while the client reads. */
final class FetchHandler {
    private final ImapContext context;
    private final ImapWriter out;
    private final StructureWriter structures;
    private final BinaryContent binaries;
    private boolean undecodable;
    private final VanishedUids vanished;

    FetchHandler(ImapContext context) {
        this.context = context;
        this.out = context.writer();
        this.structures = new StructureWriter(out);
        this.binaries = new BinaryContent(context);
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
        long[] asked = command.modifiers()
                .partial()
                .map(range -> range.of(messages.get()))
                .orElse(messages.get());
        long[] uids = since.isPresent() ? changed(command, asked, since.getAsLong()) : asked;
        int told = tell(view, plan, uids);
        if (undecodable) {
            return Reply.no("UNKNOWN-CTE", "a part has a transfer encoding that is not known here");
        }
        if (told < uids.length && !command.uid()) {
            return Reply.no("EXPUNGEISSUED", "some of the messages have been deleted");
        }
        return Reply.ok("FETCH done");
    }

    /** Tells of messages without a command that is about them (RFC 5465 §5.2). */
    void describe(long[] uids, List<FetchItem> items) throws IOException {
        if (uids.length > 0) {
            tell(context.view(), FetchPlan.of(items, context.lines()), uids);
        }
    }

    /** How many of the messages were there. */
    private int tell(MailboxView view, FetchPlan plan, long[] uids) throws IOException {
        KnownColumns known = new KnownColumns(context, view, plan);
        RowsAhead ahead = new RowsAhead(context, plan, uids);
        int told = 0;
        undecodable = false;
        for (int from = 0; from < uids.length; from += ImapListener.BATCH) {
            long[] batch = ahead.batch(from);
            Map<Long, Changes.Changed> newlySeen =
                    plan.marksSeen() && !view.readOnly() ? markSeen(view, batch) : Map.of();
            told += known.suffice(batch)
                    ? known(view, plan, known, batch, newlySeen)
                    : rows(view, plan, known, ahead.rows(from), newlySeen);
        }
        return told;
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
    private Map<Long, Changes.Changed> markSeen(MailboxView view, long[] batch) {
        long[] unseen = Arrays.stream(batch)
                .filter(uid -> !view.flags(uid).has(SystemFlag.SEEN))
                .toArray();
        if (unseen.length == 0) {
            return Map.of();
        }
        StoreRequest request =
                new StoreRequest(unseen, StoreRequest.Mode.ADD, Flags.of(SystemFlag.SEEN), OptionalLong.empty());
        StoreResult result = context.ask(l -> l.store(view.ref(), request));
        Map<Long, Changes.Changed> marked = new HashMap<>();
        // Without the right to it nothing is marked (RFC 4314 §4, FETCH).
        result.messages().stream()
                .filter(message -> message.flags().has(SystemFlag.SEEN))
                .forEach(message -> marked.put(message.uid(), message));
        return marked;
    }

    /** No question is asked: UIDs, flags and MODSEQs are always known here. */
    private int known(
            MailboxView view, FetchPlan plan, KnownColumns known, long[] batch, Map<Long, Changes.Changed> newlySeen)
            throws IOException {
        for (long uid : batch) {
            Changes.Changed state =
                    newlySeen.getOrDefault(uid, new Changes.Changed(uid, view.flags(uid), view.modSeq(uid)));
            context.lines().begin(view, uid);
            String before = "";
            for (FetchItem item : plan.items()) {
                out.text(before);
                before = " ";
                if (item == Simple.UID) {
                    out.text("UID ").number(uid);
                } else if (item == Simple.MODSEQ) {
                    out.modSeq(state.modSeq());
                } else if (!known.write(item, uid, out)) {
                    writeFlags(view, state);
                }
            }
            end(view, plan, state, before, newlySeen.containsKey(uid));
        }
        return batch.length;
    }

    private int rows(
            MailboxView view,
            FetchPlan plan,
            KnownColumns known,
            List<FetchRow> rows,
            Map<Long, Changes.Changed> newlySeen)
            throws IOException {
        OctetsWriter octets = new OctetsWriter(context, view);
        OctetsAhead ahead = new OctetsAhead(context, view.ref(), rows, row -> OctetsWriter.wanted(plan, row));
        for (int i = 0; i < rows.size(); i++) {
            FetchRow row = rows.get(i);
            view.announceKeywords(context.lines(), row.flags().keywords());
            Optional<byte[]> head = plan.hasOctets() ? ahead.head(i) : Optional.empty();
            row(view, plan, known, row, item -> octets.write(item, row, head), newlySeen.containsKey(row.uid()));
            if (row.modSeq() > view.latestModSeq()) {
                context.raise();
            }
        }
        known.keep();
        return rows.size();
    }

    /** Writes an item of octets of one message. */
    @FunctionalInterface
    private interface OctetsOfRow {
        void write(Octets item) throws IOException;
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

    private void row(
            MailboxView view, FetchPlan plan, KnownColumns known, FetchRow row, OctetsOfRow octets, boolean newlySeen)
            throws IOException {
        List<FetchItem> decodable = plan.hasBinary() ? decodable(plan, row) : plan.items();
        if (decodable.isEmpty() && !newlySeen) {
            return;
        }
        context.lines().begin(view, row.uid());
        String before = "";
        for (FetchItem item : decodable) {
            out.text(before);
            before = " ";
            known.writeNew(item, row.uid(), out, () -> item(view, item, row, octets));
        }
        end(view, plan, state(row), before, newlySeen);
    }

    private void item(MailboxView view, FetchItem item, FetchRow row, OctetsOfRow octets) throws IOException {
        switch (item) {
            case Simple simple -> simple(view, simple, row);
            case Octets part -> octets.write(part);
            case FetchItem.Binary binary -> binaries.octets(view.ref(), binary, row);
            case FetchItem.BinarySize size -> binaries.size(view.ref(), size, row);
        }
    }

    private void end(MailboxView view, FetchPlan plan, Changes.Changed state, String before, boolean newlySeen)
            throws IOException {
        if (newlySeen && !plan.items().contains(Simple.FLAGS)) {
            out.text(before);
            unasked(view, plan, state);
        } else if (newlySeen && lacksUid(plan)) {
            out.text(before).text("UID ").number(state.uid());
        }
        out.text(")").endLine();
    }

    /** The flags that reading changed; with UID and MODSEQ for who looks at these (RFC 7162 §3.2.4). */
    private void unasked(MailboxView view, FetchPlan plan, Changes.Changed state) throws IOException {
        if (lacksUid(plan)) {
            out.text("UID ").number(state.uid()).text(" ");
        }
        writeFlags(view, state);
        if (context.lines().tellsModSeqs() && !plan.items().contains(Simple.MODSEQ)) {
            out.text(" ").modSeq(state.modSeq());
        }
    }

    /** Whether the UID is still to be said of a message whose flags changed (RFC 7162 §3.2.4). */
    private boolean lacksUid(FetchPlan plan) {
        return context.lines().tellsModSeqs()
                && !context.lines().uidsOnly()
                && !plan.items().contains(Simple.UID);
    }

    private static Changes.Changed state(FetchRow row) {
        return new Changes.Changed(row.uid(), row.flags(), row.modSeq());
    }

    private void writeFlags(MailboxView view, Changes.Changed state) throws IOException {
        out.text("FLAGS ").flags(state.flags(), view.isRecent(state.uid()));
        view.heard(state);
    }

    private void simple(MailboxView view, Simple item, FetchRow row) throws IOException {
        switch (item) {
            case UID -> out.text("UID ").number(row.uid());
            case FLAGS -> writeFlags(view, state(row));
            case MODSEQ -> out.modSeq(row.modSeq());
            case INTERNALDATE ->
                out.text("INTERNALDATE \"")
                        .text(ImapDates.formatDateTime(row.internalDate()))
                        .text("\"");
            case SIZE -> out.text("RFC822.SIZE ").number(row.size());
            case EMAILID -> out.text(ObjectId.email(row.identity().orElseThrow().emailId()));
            case THREADID ->
                out.text(ObjectId.thread(row.identity().orElseThrow().threadId()));
            case SAVEDATE -> {
                out.text("SAVEDATE ");
                out.string(row.identity()
                        .flatMap(Identity::saved)
                        .map(ImapDates::formatDateTime)
                        .orElse(null));
            }
            case PREVIEW -> out.text("PREVIEW ").string(row.preview());
            case ENVELOPE -> {
                out.text("ENVELOPE ");
                structures.envelope(cursor(row.encodedEnvelope()));
            }
            case BODY -> {
                out.text("BODY ");
                structures.structure(cursor(row.encodedStructure()), false);
            }
            case BODYSTRUCTURE -> {
                out.text("BODYSTRUCTURE ");
                structures.structure(cursor(row.encodedStructure()), true);
            }
        }
    }

    private static MimeCursor cursor(byte @Nullable [] encoded) {
        if (encoded == null) {
            throw new IllegalStateException("the plan did not ask for what it needs");
        }
        return new MimeCursor(encoded);
    }
}
