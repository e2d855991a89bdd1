// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wildpost.core.acl.AnnotationRights;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AccessResult;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.AnnotationsResult;
import org.wildpost.core.listener.imap.AppendItem;
import org.wildpost.core.listener.imap.AppendRequest;
import org.wildpost.core.listener.imap.AppendResult;
import org.wildpost.core.listener.imap.Changes;
import org.wildpost.core.listener.imap.CopyResult;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.Found;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxMeasure;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.MetadataQuery;
import org.wildpost.core.listener.imap.MetadataResult;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.QuotaResult;
import org.wildpost.core.listener.imap.ReplaceResult;
import org.wildpost.core.listener.imap.SearchQuery;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.listener.imap.Vanished;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.thread.ThreadAlgorithm;
import org.wildpost.core.thread.ThreadForest;
import org.wildpost.ejb.mailbox.AccessRules.Access;
import org.wildpost.persistence.acl.SharedRow;

/**
 * The mail store as an account sees it that may share others' mailboxes (RFC 4314): what is about its own goes to {@link MailboxService} without any
 * further question; what is about others' is done as far as {@link AccessRules} allow it, and is not there otherwise. Safe for all threads.
 */
@ApplicationScoped
public class GuardedMail {
    private static final ThreadForest NO_THREADS = new ThreadForest(new long[0], new int[0]);

    @Inject
    MailboxService mail;

    @Inject
    AccessRules rules;

    @Inject
    AccessLists lists;

    @Inject
    SharedTree tree;

    @Inject
    SharedMail shared;

    @Inject
    SharedFlags flags;

    @Inject
    SharedTransfer transfer;

    public MailboxList list(AccountId account) {
        return tree.list(account);
    }

    public MailboxResult status(AccountId account, MailboxName name) {
        return SharedName.isForeign(name) ? tree.status(account, name) : mail.status(account, name);
    }

    /** What is not answered for the account's own mailboxes may be about others'. */
    public List<MailboxStatus> statuses(AccountId account, List<MailboxId> mailboxes) {
        List<MailboxStatus> own = mail.statuses(account, mailboxes);
        if (own.size() == mailboxes.size()) {
            return own;
        }
        Set<MailboxId> answered = own.stream().map(MailboxStatus::id).collect(Collectors.toSet());
        List<MailboxId> others =
                mailboxes.stream().filter(id -> !answered.contains(id)).toList();
        return Stream.concat(own.stream(), tree.shown(account, readable(account, others)).stream())
                .toList();
    }

    /** Those of others that the account may look up and read. */
    private List<SharedRow> readable(AccountId account, List<MailboxId> others) {
        return rules.known(account, others).stream()
                .filter(row -> row.has(Right.LOOKUP)
                        && row.has(Right.READ)
                        && row.fullName().isPresent())
                .toList();
    }

    /** What is not answered for the account's own mailboxes may be about others'. */
    public Map<MailboxId, Long> measure(AccountId account, MailboxMeasure what, List<MailboxId> mailboxes) {
        Map<MailboxId, Long> own = mail.measure(account, what, mailboxes);
        if (own.size() == mailboxes.size()) {
            return own;
        }
        Map<MailboxId, Long> all = new HashMap<>(own);
        Map<AccountId, List<MailboxId>> others = new HashMap<>();
        List<MailboxId> unanswered =
                mailboxes.stream().filter(id -> !own.containsKey(id)).toList();
        for (SharedRow row : readable(account, unanswered)) {
            if (!row.owner().equals(account)) {
                others.computeIfAbsent(row.owner(), owner -> new ArrayList<>())
                        .add(row.status().id());
            }
        }
        others.forEach((owner, ids) -> all.putAll(mail.measure(owner, what, ids)));
        return all;
    }

    /** What a mailbox shares with the others of its owner, for who may read it. */
    public QuotaResult quotaRoot(AccountId asking, MailboxName mailbox) {
        if (!SharedName.isForeign(mailbox)) {
            return new QuotaResult.Told(mail.quota(asking));
        }
        Optional<SharedRow> there = rules.find(asking, mailbox).filter(GuardedMail::known);
        Optional<SharedRow> decides = there.or(() -> rules.above(asking, mailbox, GuardedMail::known));
        if (decides.isPresent() && decides.get().has(Right.READ)) {
            return new QuotaResult.Told(mail.quota(decides.get().owner()));
        }
        return there.isPresent() ? new QuotaResult.NotPermitted() : new QuotaResult.NoSuchRoot();
    }

    /** Whoever may read it may know of it. */
    private static boolean known(SharedRow row) {
        return row.has(Right.LOOKUP) || row.has(Right.READ);
    }

    /** Annotations of mailboxes whose annotations the reader may read (RFC 5464 §3.3). */
    public Map<MailboxId, Map<AnnotationName, byte[]>> metadata(
            AccountId reader, List<MailboxId> mailboxes, MetadataQuery query) {
        List<MailboxRef> refs = rules.known(reader, mailboxes).stream()
                .filter(row -> AnnotationRights.readable(row.rights()))
                .map(row -> row.ref(reader))
                .toList();
        return mail.metadata(reader, refs, query);
    }

    /** Which annotations there are that the reader may read, without the values. */
    public Map<MailboxId, Map<AnnotationName, Long>> annotationVersions(AccountId reader, List<MailboxId> mailboxes) {
        List<MailboxId> readable = rules.known(reader, mailboxes).stream()
                .filter(row -> AnnotationRights.readable(row.rights()))
                .map(row -> row.status().id())
                .toList();
        return mail.annotationVersions(reader, readable);
    }

    public AnnotationsResult metadata(AccountId reader, MailboxName name, MetadataQuery query) {
        Optional<SharedRow> found = rules.find(reader, name).filter(row -> row.has(Right.LOOKUP));
        if (found.isEmpty()) {
            return new AnnotationsResult.NoSuchMailbox();
        }
        MailboxRef mailbox = found.get().ref(reader);
        return AnnotationRights.readable(found.get().rights())
                ? new AnnotationsResult.Found(
                        mail.metadata(reader, List.of(mailbox), query).getOrDefault(mailbox.mailbox(), Map.of()))
                : new AnnotationsResult.NoPermission();
    }

    public MetadataResult annotate(AccountId reader, MailboxName name, Map<AnnotationName, Optional<byte[]>> values) {
        if (!SharedName.isForeign(name)) {
            return mail.annotate(reader, reader, name, values);
        }
        Optional<SharedRow> found = rules.find(reader, name).filter(row -> row.has(Right.LOOKUP));
        if (found.isEmpty()) {
            return new MetadataResult.NoSuchMailbox();
        }
        return mail.annotate(reader, found.get().owner(), found.get().status().name(), values);
    }

    public OpenResult open(AccountId account, MailboxName name, boolean readOnly) {
        return SharedName.isForeign(name) ? shared.open(account, name) : mail.open(account, name, readOnly);
    }

    public MailboxResult create(AccountId account, MailboxName name, Optional<SpecialUse> use) {
        return SharedName.isForeign(name) ? tree.create(account, name, use) : mail.create(account, name, use);
    }

    public MailboxResult delete(AccountId account, MailboxName name) {
        return SharedName.isForeign(name) ? tree.delete(account, name) : mail.delete(account, name);
    }

    public MailboxResult rename(AccountId account, MailboxName from, MailboxName to) {
        return SharedName.isForeign(from) ? tree.rename(account, from, to) : mail.rename(account, from, to);
    }

    public AppendResult append(AccountId account, MailboxName name, AppendRequest request) {
        return SharedName.isForeign(name) ? shared.append(account, name, request) : mail.append(account, name, request);
    }

    public AppendResult appendAll(AccountId account, MailboxName name, List<AppendItem> messages) {
        return SharedName.isForeign(name)
                ? shared.appendAll(account, name, messages)
                : mail.appendAll(account, name, messages);
    }

    public ReplaceResult replace(MailboxRef source, long uid, MailboxName target, AppendRequest request) {
        return source.own() && !SharedName.isForeign(target)
                ? mail.replace(source, uid, target, request)
                : shared.replace(source, uid, target, request);
    }

    public Optional<MailboxSnapshot> view(MailboxRef mailbox) {
        return readable(mailbox) ? mail.view(mailbox) : Optional.empty();
    }

    public Vanished vanished(MailboxRef mailbox, long sinceModSeq) {
        return readable(mailbox) ? mail.vanished(mailbox, sinceModSeq) : new Vanished(true, new long[0]);
    }

    public Changes changes(MailboxRef mailbox, long sinceModSeq) {
        return readable(mailbox) ? mail.changes(mailbox, sinceModSeq) : Changes.gone(sinceModSeq);
    }

    public List<FetchRow> fetch(MailboxRef mailbox, long[] uids, Set<FetchDetail> details) {
        return readable(mailbox) ? mail.fetch(mailbox, uids, details) : List.of();
    }

    public Optional<byte[]> content(MailboxRef mailbox, long uid, long offset, int length) {
        return readable(mailbox) ? mail.content(mailbox, uid, offset, length) : Optional.empty();
    }

    public List<Optional<byte[]>> heads(MailboxRef mailbox, long[] uids, long[] lengths) {
        return readable(mailbox)
                ? mail.heads(mailbox, uids, lengths)
                : Collections.nCopies(uids.length, Optional.empty());
    }

    private boolean readable(MailboxRef mailbox) {
        return rules.allows(mailbox, Right.READ);
    }

    public StoreResult store(MailboxRef mailbox, StoreRequest request) {
        if (mailbox.own()) {
            return mail.store(mailbox, request);
        }
        Rights rights = rules.rights(mailbox).orElse(Rights.NONE);
        return rights.has(Right.READ) ? flags.store(mailbox, request, rights) : new StoreResult(List.of(), new long[0]);
    }

    public Found search(MailboxRef mailbox, SearchQuery query) {
        return readable(mailbox) ? mail.search(mailbox, query) : Found.NONE;
    }

    public ThreadForest thread(MailboxRef mailbox, ThreadAlgorithm algorithm, SearchKey key) {
        return readable(mailbox) ? mail.thread(mailbox, algorithm, key) : NO_THREADS;
    }

    public CopyResult copy(MailboxRef source, long[] uids, MailboxName target) {
        return source.own() && !SharedName.isForeign(target)
                ? mail.copy(source, uids, target)
                : transfer(source, uids, target, false);
    }

    public CopyResult move(MailboxRef source, long[] uids, MailboxName target) {
        return source.own() && !SharedName.isForeign(target)
                ? mail.move(source, uids, target)
                : transfer(source, uids, target, true);
    }

    /** A move needs what COPY, STORE of {@code \Deleted} and EXPUNGE need (RFC 6851 §4.2). */
    private CopyResult transfer(MailboxRef source, long[] uids, MailboxName target, boolean moves) {
        Right[] needed =
                moves ? new Right[] {Right.READ, Right.DELETE_MESSAGES, Right.EXPUNGE} : new Right[] {Right.READ};
        if (!rules.allows(source, needed)) {
            return new CopyResult.NoPermission();
        }
        return switch (rules.access(source.reader(), target, Right.INSERT)) {
            case Access.Granted(SharedRow row) -> transfer.transfer(source, uids, row, moves);
            case Access.Forbidden() -> new CopyResult.NoPermission();
            case Access.Hidden() -> new CopyResult.NoSuchMailbox();
        };
    }

    public long[] expunge(MailboxRef mailbox, Optional<long[]> uids) {
        return rules.allows(mailbox, Right.EXPUNGE) ? mail.expunge(mailbox.owners(), uids) : new long[0];
    }

    public Optional<Rights> rights(MailboxRef mailbox) {
        return rules.rights(mailbox);
    }

    public AccessResult accessList(AccountId account, MailboxName name) {
        return lists.list(account, name);
    }

    public AccessResult ownRights(AccountId account, MailboxName name) {
        return lists.ownRights(account, name);
    }

    public AccessResult grant(AccountId account, MailboxName name, Identifier identifier, RightsChange change) {
        return lists.grant(account, name, identifier, change, AccessLists.Reach.DOMAIN);
    }

    /** The same on behalf of an administrator, who knows the accounts of all domains. */
    public AccessResult grantAnybody(AccountId owner, MailboxName name, Identifier identifier, RightsChange change) {
        return lists.grant(owner, name, identifier, change, AccessLists.Reach.SERVER);
    }
}
