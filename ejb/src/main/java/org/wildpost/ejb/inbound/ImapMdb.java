// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.inbound;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.ejb3.annotation.ResourceAdapter;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.ScramLookup;
import org.wildpost.core.listener.TokenAttempt;
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
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxMeasure;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.MailboxWatcher;
import org.wildpost.core.listener.imap.MetadataQuery;
import org.wildpost.core.listener.imap.MetadataResult;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.listener.imap.QuotaResult;
import org.wildpost.core.listener.imap.ReplaceResult;
import org.wildpost.core.listener.imap.SearchQuery;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.listener.imap.TreeWatcher;
import org.wildpost.core.listener.imap.Vanished;
import org.wildpost.core.listener.imap.Watch;
import org.wildpost.core.sasl.TokenIssuer;
import org.wildpost.core.sasl.TokenResult;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.thread.ThreadAlgorithm;
import org.wildpost.core.thread.ThreadForest;
import org.wildpost.ejb.identity.AuthenticationService;
import org.wildpost.ejb.mailbox.GuardedMail;
import org.wildpost.ejb.mailbox.MailboxService;
import org.wildpost.ejb.settings.ServerName;

/** Hands the questions of IMAP sessions to the services; holds no transaction, for each service has its own. */
@MessageDriven(messageListenerInterface = ImapListener.class)
@ResourceAdapter("#mail-ra.rar")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ImapMdb implements ImapListener {
    @Inject
    AuthenticationService authentication;

    @Inject
    ServerName name;

    @Inject
    MailboxService mailboxes;

    @Inject
    GuardedMail guarded;

    @Override
    public Optional<String> hostname() {
        return Optional.of(name.get());
    }

    @Override
    public LoginResult login(LoginAttempt attempt) {
        return authentication.login(attempt);
    }

    @Override
    public ScramLookup scram(MailProtocol protocol, Peer peer, String username) {
        return authentication.scram(protocol, peer, username);
    }

    @Override
    public LoginResult scramCompleted(MailProtocol protocol, Peer peer, String username, boolean proved) {
        return authentication.scramCompleted(protocol, peer, username, proved);
    }

    @Override
    public Optional<TokenIssuer> tokenIssuer() {
        return authentication.tokenIssuer();
    }

    @Override
    public TokenResult token(TokenAttempt attempt) {
        return authentication.token(attempt);
    }

    @Override
    public MailboxList list(AccountId account) {
        return guarded.list(account);
    }

    @Override
    public MailboxResult status(AccountId account, MailboxName name) {
        return guarded.status(account, name);
    }

    @Override
    public List<MailboxStatus> statuses(AccountId account, List<MailboxId> ids) {
        return guarded.statuses(account, ids);
    }

    @Override
    public Map<MailboxId, Long> measure(AccountId account, MailboxMeasure what, List<MailboxId> ids) {
        return guarded.measure(account, what, ids);
    }

    @Override
    public OpenResult open(AccountId account, MailboxName name, boolean readOnly) {
        return guarded.open(account, name, readOnly);
    }

    @Override
    public MailboxResult create(AccountId account, MailboxName name, Optional<SpecialUse> use) {
        return guarded.create(account, name, use);
    }

    @Override
    public MailboxResult delete(AccountId account, MailboxName name) {
        return guarded.delete(account, name);
    }

    @Override
    public MailboxResult rename(AccountId account, MailboxName from, MailboxName to) {
        return guarded.rename(account, from, to);
    }

    @Override
    public QuotaResult quotaRoot(AccountId asking, MailboxName mailbox) {
        return guarded.quotaRoot(asking, mailbox);
    }

    @Override
    public QuotaResult quota(AccountId asking, String root) {
        return mailboxes.quota(asking, root);
    }

    @Override
    public QuotaResult setQuota(AccountId asking, String root, QuotaLimits limits) {
        return mailboxes.setQuota(asking, root, limits);
    }

    @Override
    public boolean hasRoom(AccountId account, QuotaAmount more) {
        return mailboxes.hasRoom(account, more);
    }

    @Override
    public Map<MailboxId, Map<AnnotationName, byte[]>> metadata(
            AccountId reader, List<MailboxId> ids, MetadataQuery query) {
        return guarded.metadata(reader, ids, query);
    }

    @Override
    public AnnotationsResult metadata(AccountId reader, MailboxName mailbox, MetadataQuery query) {
        return guarded.metadata(reader, mailbox, query);
    }

    @Override
    public Map<MailboxId, Map<AnnotationName, Long>> annotationVersions(AccountId reader, List<MailboxId> ids) {
        return guarded.annotationVersions(reader, ids);
    }

    @Override
    public Map<AnnotationName, Long> serverAnnotationVersions(AccountId reader) {
        return mailboxes.serverAnnotationVersions(reader);
    }

    @Override
    public Map<AnnotationName, byte[]> serverMetadata(AccountId reader, MetadataQuery query) {
        return mailboxes.serverMetadata(reader, query);
    }

    @Override
    public MetadataResult annotate(AccountId account, MailboxName name, Map<AnnotationName, Optional<byte[]>> values) {
        return guarded.annotate(account, name, values);
    }

    @Override
    public MetadataResult annotateServer(AccountId account, Map<AnnotationName, Optional<byte[]>> values) {
        return mailboxes.annotateServer(account, values);
    }

    @Override
    public void subscribe(AccountId account, MailboxName name, boolean subscribed) {
        mailboxes.subscribe(account, name, subscribed);
    }

    @Override
    public AppendResult append(AccountId account, MailboxName name, AppendRequest request) {
        return guarded.append(account, name, request);
    }

    @Override
    public AppendResult appendAll(AccountId account, MailboxName name, List<AppendItem> messages) {
        return guarded.appendAll(account, name, messages);
    }

    @Override
    public ReplaceResult replace(MailboxRef source, long uid, MailboxName target, AppendRequest request) {
        return guarded.replace(source, uid, target, request);
    }

    @Override
    public Optional<MailboxSnapshot> view(MailboxRef mailbox) {
        return guarded.view(mailbox);
    }

    @Override
    public Vanished vanished(MailboxRef mailbox, long sinceModSeq) {
        return guarded.vanished(mailbox, sinceModSeq);
    }

    @Override
    public Changes changes(MailboxRef mailbox, long sinceModSeq) {
        return guarded.changes(mailbox, sinceModSeq);
    }

    @Override
    public List<FetchRow> fetch(MailboxRef mailbox, long[] uids, Set<FetchDetail> details) {
        return guarded.fetch(mailbox, uids, details);
    }

    @Override
    public Optional<byte[]> content(MailboxRef mailbox, long uid, long offset, int length) {
        return guarded.content(mailbox, uid, offset, length);
    }

    @Override
    public List<Optional<byte[]>> heads(MailboxRef mailbox, long[] uids, long[] lengths) {
        return guarded.heads(mailbox, uids, lengths);
    }

    @Override
    public StoreResult store(MailboxRef mailbox, StoreRequest request) {
        return guarded.store(mailbox, request);
    }

    @Override
    public Found search(MailboxRef mailbox, SearchQuery query) {
        return guarded.search(mailbox, query);
    }

    @Override
    public ThreadForest thread(MailboxRef mailbox, ThreadAlgorithm algorithm, SearchKey key) {
        return guarded.thread(mailbox, algorithm, key);
    }

    @Override
    public CopyResult copy(MailboxRef source, long[] uids, MailboxName target) {
        return guarded.copy(source, uids, target);
    }

    @Override
    public CopyResult move(MailboxRef source, long[] uids, MailboxName target) {
        return guarded.move(source, uids, target);
    }

    @Override
    public long[] expunge(MailboxRef mailbox, Optional<long[]> uids) {
        return guarded.expunge(mailbox, uids);
    }

    @Override
    public Watch watch(MailboxRef mailbox, MailboxWatcher watcher) {
        return mailboxes.watch(mailbox, watcher);
    }

    @Override
    public Watch watchTree(AccountId account, TreeWatcher watcher) {
        return mailboxes.watchTree(account, watcher);
    }

    @Override
    public Optional<Rights> rights(MailboxRef mailbox) {
        return guarded.rights(mailbox);
    }

    @Override
    public AccessResult accessList(AccountId account, MailboxName name) {
        return guarded.accessList(account, name);
    }

    @Override
    public AccessResult ownRights(AccountId account, MailboxName name) {
        return guarded.ownRights(account, name);
    }

    @Override
    public AccessResult grant(AccountId account, MailboxName name, Identifier identifier, RightsChange change) {
        return guarded.grant(account, name, identifier, change);
    }
}
