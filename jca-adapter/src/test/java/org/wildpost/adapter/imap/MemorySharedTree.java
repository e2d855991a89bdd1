// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.acl.AnnotationRights;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.AnnotationsResult;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxMeasure;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.MetadataQuery;
import org.wildpost.core.listener.imap.MetadataResult;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.QuotaResult;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.message.SystemFlag;

/** The mailboxes that others share, in memory: their names, rights, quotas and annotations, as the contract says. */
abstract class MemorySharedTree extends MemoryAccess {
    private MailboxStatus shown(Found found, AccountId reader) {
        MailboxStatus owners = found.box().status(found.shownName());
        long unseen = found.box().shown(reader).stream()
                .filter(m -> !m.flags().has(SystemFlag.SEEN))
                .count();
        return new MailboxStatus(
                owners.id(),
                owners.name(),
                Optional.empty(),
                owners.uidValidity(),
                owners.uidNext(),
                owners.highestModSeq(),
                owners.messages(),
                unseen,
                owners.deleted(),
                owners.uidNext(),
                owners.size());
    }

    @Override
    public MailboxList list(AccountId account) {
        MailboxList own = super.list(account);
        List<MailboxStatus> all = new ArrayList<>(own.mailboxes());
        Map<MailboxId, Rights> rights = new HashMap<>();
        for (AccountId owner : accounts()) {
            for (MailboxName name : tree(owner).names()) {
                Optional<MailboxName> full = new SharedName(address(owner), name).full();
                full.flatMap(one -> find(account, one))
                        .filter(found -> found.rights().has(Right.LOOKUP))
                        .ifPresent(found -> {
                            all.add(shown(found, account));
                            rights.put(found.box().id, found.rights());
                        });
            }
        }
        all.sort(Comparator.comparing(MailboxStatus::name));
        return new MailboxList(all, own.subscriptions(), rights);
    }

    @Override
    public MailboxResult status(AccountId account, MailboxName name) {
        if (!SharedName.isForeign(name)) {
            return super.status(account, name);
        }
        Optional<Found> found = find(account, name);
        if (found.isPresent() && found.get().rights().has(Right.READ)) {
            return new MailboxResult.Done(shown(found.get(), account));
        }
        return known(found) ? new MailboxResult.NoPermission() : new MailboxResult.NoSuchMailbox();
    }

    @Override
    public Map<MailboxId, Long> measure(AccountId account, MailboxMeasure what, List<MailboxId> mailboxes) {
        Map<MailboxId, Long> all = new HashMap<>(super.measure(account, what, mailboxes));
        for (AccountId owner : accounts()) {
            for (MailboxId id : mailboxes) {
                MailboxRef ref = new MailboxRef(owner, id, account);
                box(ref).filter(box -> may(ref, Right.LOOKUP, Right.READ))
                        .ifPresent(box -> all.put(id, box.measure(what)));
            }
        }
        return all;
    }

    @Override
    public QuotaResult quotaRoot(AccountId asking, MailboxName name) {
        if (!SharedName.isForeign(name)) {
            return super.quotaRoot(asking, name);
        }
        Optional<Found> there = find(asking, name).filter(MemorySharedTree::seen);
        Optional<Found> decides = there;
        String value = name.value();
        for (int end = value.lastIndexOf('/'); decides.isEmpty() && end > 0; end = value.lastIndexOf('/', end - 1)) {
            decides = find(asking, new MailboxName(value.substring(0, end))).filter(MemorySharedTree::seen);
        }
        if (decides.isPresent() && decides.get().rights().has(Right.READ)) {
            return new QuotaResult.Told(quota.of(decides.get().owner()));
        }
        return there.isPresent() ? new QuotaResult.NotPermitted() : new QuotaResult.NoSuchRoot();
    }

    private static boolean seen(Found found) {
        return found.rights().has(Right.LOOKUP) || found.rights().has(Right.READ);
    }

    @Override
    public QuotaResult quota(AccountId asking, String root) {
        return quota.find(
                asking,
                root,
                owner -> tree(owner).names().stream()
                        .map(name -> tree(owner).find(name).orElseThrow().id)
                        .anyMatch(id -> rights(owner, asking, id).has(Right.READ)));
    }

    @Override
    public Map<MailboxId, Map<AnnotationName, byte[]>> metadata(
            AccountId reader, List<MailboxId> mailboxes, MetadataQuery query) {
        Map<MailboxId, Map<AnnotationName, byte[]>> all = new HashMap<>(super.metadata(reader, mailboxes, query));
        for (AccountId owner : accounts()) {
            for (MailboxId id : mailboxes) {
                box(new MailboxRef(owner, id))
                        .filter(box -> !owner.equals(reader) && AnnotationRights.readable(rights(owner, reader, id)))
                        .ifPresent(box -> all.put(id, metadata.find(box, reader, false, query)));
            }
        }
        return all;
    }

    @Override
    public Map<MailboxId, Map<AnnotationName, Long>> annotationVersions(AccountId reader, List<MailboxId> mailboxes) {
        Map<MailboxId, Map<AnnotationName, Long>> all = new HashMap<>(super.annotationVersions(reader, mailboxes));
        for (AccountId owner : accounts()) {
            for (MailboxId id : mailboxes) {
                box(new MailboxRef(owner, id))
                        .filter(box -> !owner.equals(reader) && AnnotationRights.readable(rights(owner, reader, id)))
                        .map(box -> metadata.versions(box, reader))
                        .filter(found -> !found.isEmpty())
                        .ifPresent(found -> all.put(id, found));
            }
        }
        return all;
    }

    @Override
    public List<MailboxStatus> statuses(AccountId account, List<MailboxId> mailboxes) {
        List<MailboxStatus> all = new ArrayList<>(super.statuses(account, mailboxes));
        for (AccountId owner : accounts()) {
            for (MailboxName name : tree(owner).names()) {
                Optional<MailboxName> full = new SharedName(address(owner), name).full();
                full.flatMap(one -> find(account, one))
                        .filter(found -> mailboxes.contains(found.box().id)
                                && found.rights().hasAll(Rights.of(Right.LOOKUP, Right.READ)))
                        .ifPresent(found -> all.add(shown(found, account)));
            }
        }
        return all;
    }

    @Override
    public AnnotationsResult metadata(AccountId reader, MailboxName name, MetadataQuery query) {
        if (!SharedName.isForeign(name)) {
            return super.metadata(reader, name, query);
        }
        Optional<Found> found = find(reader, name);
        if (!known(found)) {
            return new AnnotationsResult.NoSuchMailbox();
        }
        return AnnotationRights.readable(found.orElseThrow().rights())
                ? new AnnotationsResult.Found(metadata.find(found.get().box(), reader, false, query))
                : new AnnotationsResult.NoPermission();
    }

    @Override
    public MetadataResult annotate(AccountId reader, MailboxName name, Map<AnnotationName, Optional<byte[]>> values) {
        if (!SharedName.isForeign(name)) {
            return super.annotate(reader, name, values);
        }
        Optional<Found> found = find(reader, name);
        if (!known(found)) {
            return new MetadataResult.NoSuchMailbox();
        }
        boolean shared = values.keySet().stream().anyMatch(AnnotationName::shared);
        Rights rights = found.orElseThrow().rights();
        return AnnotationRights.readable(rights) && (!shared || rights.has(Right.WRITE))
                ? touched(found.get().box(), metadata.set(found.get().box(), reader, values))
                : new MetadataResult.NotPermitted();
    }

    private MetadataResult touched(MemoryBox box, MetadataResult result) {
        touched(box);
        return result;
    }

    @Override
    public OpenResult open(AccountId account, MailboxName name, boolean readOnly) {
        if (!SharedName.isForeign(name)) {
            return super.open(account, name, readOnly);
        }
        Optional<Found> found = find(account, name);
        if (found.isPresent() && found.get().rights().has(Right.READ)) {
            Found it = found.get();
            return new OpenResult.Opened(
                    new MailboxRef(it.owner(), it.box().id, account),
                    shown(it, account),
                    it.box().view(account),
                    Long.MAX_VALUE,
                    it.rights());
        }
        return known(found) ? new OpenResult.NoPermission() : new OpenResult.NoSuchMailbox();
    }

    private Optional<Found> above(AccountId account, MailboxName name) {
        String value = name.value();
        for (int end = value.lastIndexOf('/'); end > 0; end = value.lastIndexOf('/', end - 1)) {
            Optional<Found> found = find(account, new MailboxName(value.substring(0, end)));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public MailboxResult create(AccountId account, MailboxName name, Optional<SpecialUse> use) {
        Optional<Found> above = above(account, name);
        if (!SharedName.isForeign(name)) {
            Set<MailboxName> before = tree(account).names();
            MailboxResult result = super.create(account, name, use);
            above.ifPresent(parent -> inherit(parent, before));
            return result;
        }
        if (above.isEmpty() || !above.get().rights().has(Right.CREATE)) {
            return new MailboxResult.NoPermission();
        }
        if (use.isPresent()) {
            return new MailboxResult.NotAllowed("not yours");
        }
        Set<MailboxName> before = tree(above.get().owner()).names();
        MailboxResult result = super.create(
                above.get().owner(), SharedName.parse(name).orElseThrow().mailbox(), use);
        inherit(above.get(), before);
        return result instanceof MailboxResult.Done ? new MailboxResult.Done(shownStatus(account, name)) : result;
    }

    private MailboxStatus shownStatus(AccountId account, MailboxName name) {
        return shown(find(account, name).orElseThrow(), account);
    }

    private void inherit(Found parent, Set<MailboxName> before) {
        for (MailboxName name : tree(parent.owner()).names()) {
            if (!before.contains(name)) {
                MemoryBox made = tree(parent.owner()).find(name).orElseThrow();
                entries(made.id).putAll(entries(parent.box().id));
            }
        }
    }

    @Override
    public MailboxResult delete(AccountId account, MailboxName name) {
        if (!SharedName.isForeign(name)) {
            return super.delete(account, name);
        }
        Optional<Found> found = find(account, name);
        if (found.isEmpty() || !found.get().rights().has(Right.DELETE_MAILBOX)) {
            return known(found) ? new MailboxResult.NoPermission() : new MailboxResult.NoSuchMailbox();
        }
        MailboxStatus last = shown(found.get(), account);
        MailboxResult result = super.delete(found.get().owner(), found.get().ownName());
        return result instanceof MailboxResult.Done ? new MailboxResult.Done(last) : result;
    }

    @Override
    public MailboxResult rename(AccountId account, MailboxName from, MailboxName to) {
        if (!SharedName.isForeign(from)) {
            return SharedName.isForeign(to)
                    ? new MailboxResult.NotAllowed("not yours")
                    : super.rename(account, from, to);
        }
        Optional<Found> found = find(account, from);
        if (found.isEmpty() || !found.get().rights().has(Right.DELETE_MAILBOX)) {
            return known(found) ? new MailboxResult.NoPermission() : new MailboxResult.NoSuchMailbox();
        }
        Optional<Found> above = above(account, to);
        if (above.isEmpty()
                || !above.get().owner().equals(found.get().owner())
                || found.get().ownName().equals(MailboxName.INBOX)) {
            return new MailboxResult.NotAllowed("it stays");
        }
        if (!above.get().rights().has(Right.CREATE)) {
            return new MailboxResult.NoPermission();
        }
        MailboxResult result = super.rename(
                found.get().owner(),
                found.get().ownName(),
                SharedName.parse(to).orElseThrow().mailbox());
        return result instanceof MailboxResult.Done ? new MailboxResult.Done(shownStatus(account, to)) : result;
    }
}
