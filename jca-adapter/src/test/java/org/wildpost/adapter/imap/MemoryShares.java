// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.wildpost.core.acl.FlagRights;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AppendItem;
import org.wildpost.core.listener.imap.AppendRequest;
import org.wildpost.core.listener.imap.AppendResult;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.CopyResult;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.ReplaceResult;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.listener.imap.Vanished;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;

/** The messages of mailboxes in memory that are shared, as the contract says. */
abstract class MemoryShares extends MemorySharedTree {
    @Override
    public AppendResult append(AccountId account, MailboxName name, AppendRequest request) {
        return SharedName.isForeign(name)
                ? into(
                        account,
                        name,
                        List.of(request.flags()),
                        found -> super.append(found.owner(), found.ownName(), with(request, found.rights())))
                : super.append(account, name, request);
    }

    @Override
    public AppendResult appendAll(AccountId account, MailboxName name, List<AppendItem> items) {
        return SharedName.isForeign(name)
                ? into(
                        account,
                        name,
                        items.stream().map(AppendItem::flags).toList(),
                        found -> super.appendAll(
                                found.owner(),
                                found.ownName(),
                                items.stream()
                                        .map(item -> new AppendItem(
                                                item.message(),
                                                everybodys(item.flags(), found.rights()),
                                                item.internalDate()))
                                        .toList()))
                : super.appendAll(account, name, items);
    }

    private interface Adding {
        AppendResult to(Found found);
    }

    private AppendResult into(AccountId account, MailboxName name, List<Flags> flags, Adding adding) {
        Optional<Found> found = find(account, name);
        if (found.isEmpty() || !found.get().rights().has(Right.INSERT)) {
            return known(found) ? new AppendResult.NoPermission() : new AppendResult.NoSuchMailbox();
        }
        AppendResult result = adding.to(found.get());
        if (result instanceof AppendResult.Appended(long ignored, long first)) {
            for (int i = 0; i < flags.size(); i++) {
                mark(found.get(), account, first + i, flags.get(i));
            }
        }
        return result;
    }

    private static Flags everybodys(Flags flags, Rights rights) {
        return FlagRights.kept(flags, rights.minus(Rights.of(Right.SEEN)));
    }

    private static AppendRequest with(AppendRequest request, Rights rights) {
        return new AppendRequest(
                request.message(), request.index(), everybodys(request.flags(), rights), request.internalDate());
    }

    private static void mark(Found found, AccountId reader, long uid, Flags wanted) {
        if (wanted.has(SystemFlag.SEEN)) {
            Flags seen = Flags.of(SystemFlag.SEEN);
            found.box()
                    .store(
                            reader,
                            new StoreRequest(new long[] {uid}, StoreRequest.Mode.ADD, seen, OptionalLong.empty()),
                            found.rights());
        }
    }

    @Override
    public ReplaceResult replace(MailboxRef source, long uid, MailboxName target, AppendRequest request) {
        if (source.own() && !SharedName.isForeign(target)) {
            return super.replace(source, uid, target, request);
        }
        if (!may(source, Right.READ, Right.DELETE_MESSAGES, Right.EXPUNGE)) {
            return new ReplaceResult.NoPermission();
        }
        Optional<Found> found = find(source.reader(), target);
        if (found.isEmpty() || !found.get().rights().has(Right.INSERT)) {
            return known(found) ? new ReplaceResult.NoPermission() : new ReplaceResult.NoSuchMailbox();
        }
        if (!found.get().owner().equals(source.account())) {
            return new ReplaceResult.NotAllowed("not of one owner");
        }
        ReplaceResult result = super.replace(
                source.owners(),
                uid,
                found.get().ownName(),
                with(request, found.get().rights()));
        if (result instanceof ReplaceResult.Replaced(long ignored, long added)) {
            mark(found.get(), source.reader(), added, request.flags());
        }
        return result;
    }

    @Override
    public Optional<MailboxSnapshot> view(MailboxRef ref) {
        if (ref.own()) {
            return super.view(ref);
        }
        return box(ref).filter(box -> may(ref, Right.READ)).map(box -> box.view(ref.reader()));
    }

    @Override
    public Vanished vanished(MailboxRef ref, long since) {
        return may(ref, Right.READ) ? super.vanished(ref, since) : new Vanished(true, new long[0]);
    }

    @Override
    public Changes changes(MailboxRef ref, long since) {
        if (ref.own()) {
            return super.changes(ref, since);
        }
        return box(ref).filter(box -> may(ref, Right.READ))
                .map(box -> box.changes(ref.reader(), since))
                .orElseGet(() -> Changes.gone(since));
    }

    @Override
    List<MemoryMessage> existing(MailboxRef ref, long[] uids) {
        List<MemoryMessage> owners = super.existing(ref, uids);
        if (ref.own()) {
            return owners;
        }
        return may(ref, Right.READ)
                ? owners.stream()
                        .map(m -> box(ref).orElseThrow().shown(m, ref.reader()))
                        .toList()
                : List.of();
    }

    @Override
    List<MemoryMessage> messages(MailboxRef ref) {
        if (ref.own()) {
            return super.messages(ref);
        }
        return box(ref).filter(box -> may(ref, Right.READ))
                .map(box -> box.shown(ref.reader()))
                .orElse(List.of());
    }

    @Override
    public List<FetchRow> fetch(MailboxRef ref, long[] uids, Set<FetchDetail> details) {
        return may(ref, Right.READ) ? super.fetch(ref, uids, details) : List.of();
    }

    @Override
    public Optional<byte[]> content(MailboxRef ref, long uid, long offset, int length) {
        return may(ref, Right.READ) ? super.content(ref, uid, offset, length) : Optional.empty();
    }

    @Override
    public StoreResult store(MailboxRef ref, StoreRequest request) {
        if (ref.own()) {
            return super.store(ref, request);
        }
        Optional<MemoryBox> box = box(ref).filter(one -> may(ref, Right.READ));
        Optional<StoreResult> result =
                box.map(one -> one.store(ref.reader(), request, rights(ref.account(), ref.reader(), ref.mailbox())));
        box.ifPresent(this::touched);
        return result.orElseGet(() -> new StoreResult(List.of(), new long[0]));
    }

    @Override
    public CopyResult copy(MailboxRef source, long[] uids, MailboxName target) {
        return source.own() && !SharedName.isForeign(target)
                ? super.copy(source, uids, target)
                : carry(source, uids, target, false);
    }

    @Override
    public CopyResult move(MailboxRef source, long[] uids, MailboxName target) {
        return source.own() && !SharedName.isForeign(target)
                ? super.move(source, uids, target)
                : carry(source, uids, target, true);
    }

    private CopyResult carry(MailboxRef source, long[] uids, MailboxName target, boolean moves) {
        boolean allowed =
                moves ? may(source, Right.READ, Right.DELETE_MESSAGES, Right.EXPUNGE) : may(source, Right.READ);
        if (!allowed) {
            return new CopyResult.NoPermission();
        }
        Optional<Found> found = find(source.reader(), target);
        if (found.isEmpty() || !found.get().rights().has(Right.INSERT)) {
            return known(found) ? new CopyResult.NoPermission() : new CopyResult.NoSuchMailbox();
        }
        Found into = found.get();
        boolean own = into.owner().equals(source.reader());
        List<MemoryMessage> seen = existing(source, uids);
        List<MemoryMessage> copied = own
                ? seen
                : super.existing(source.owners(), uids).stream()
                        .map(m -> m.flagged(given(m.flags(), into, source), m.modSeq()))
                        .toList();
        CopyResult result = transfer(copied, Optional.of(into.box()), this::nextMessage);
        if (result instanceof CopyResult.Copied done) {
            for (int i = 0; i < seen.size() && !own; i++) {
                mark(into, source.reader(), done.targetUids()[i], seen.get(i).flags());
            }
            if (moves) {
                box(source).ifPresent(box -> remove(box, done.sourceUids()));
            }
        }
        return result;
    }

    /** Within the mailboxes of one owner the owner's mark goes with the message. */
    private static Flags given(Flags flags, Found into, MailboxRef source) {
        Flags kept = everybodys(flags, into.rights());
        int owners = into.owner().equals(source.account()) ? flags.system() & SystemFlag.SEEN.bit() : 0;
        return new Flags(kept.system() | owners, kept.keywords());
    }

    @Override
    public long[] expunge(MailboxRef ref, Optional<long[]> uids) {
        return may(ref, Right.EXPUNGE) ? super.expunge(ref, uids) : new long[0];
    }
}
