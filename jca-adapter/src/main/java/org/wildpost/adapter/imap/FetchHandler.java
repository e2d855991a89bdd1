// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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

/** FETCH and UID FETCH (RFC 9051 §6.4.5, §7.5.2): rows in batches, octets in slices, nothing held while the client reads. */
final class FetchHandler {
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
        OctetsWriter octets = new OctetsWriter(context, view);
        OctetsAhead ahead = new OctetsAhead(context, view.ref(), rows, row -> OctetsWriter.wanted(plan, row));
        for (int i = 0; i < rows.size(); i++) {
            FetchRow row = rows.get(i);
            view.learn(row.uid(), row.flags());
            view.announceKeywords(out);
            Optional<byte[]> head = plan.hasOctets() ? ahead.head(i) : Optional.empty();
            row(view, plan, row, item -> octets.write(item, row, head), newlySeen.contains(row.uid()));
        }
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

    private void row(MailboxView view, FetchPlan plan, FetchRow row, OctetsOfRow octets, boolean newlySeen)
            throws IOException {
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
                case Octets octetsItem -> octets.write(octetsItem);
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
