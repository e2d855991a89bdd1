// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.Authentication;
import org.wildpost.core.listener.NamedServer;
import org.wildpost.core.search.SearchKey;
import org.wildpost.core.thread.ThreadAlgorithm;
import org.wildpost.core.thread.ThreadForest;

/**
 * What an IMAP session asks. Every call is short: large answers are pulled in batches of at most {@value #BATCH} messages or
 * {@value #SLICE} octets, so that nothing is held while a client reads slowly. Names may be those of others' mailboxes
 * ({@link org.wildpost.core.acl.SharedName}); what the account may not do with those is not done, and what it may not know of is not there
 * (RFC 4314 §4, §6).
 */
public interface ImapListener extends Authentication, NamedServer {
    /** Messages that one {@link #fetch} may ask for. */
    int BATCH = 500;

    /** Messages that one {@link #store} may change; they are changed together or not at all. */
    int STORE_BATCH = 20_000;

    /** Octets that one {@link #content} may ask for. */
    int SLICE = 256 * 1024;

    /** Octets that one {@link #heads} may ask for, over all its messages. */
    int HEADS = 512 * 1024;

    /** The mailboxes that an account sees, and its subscriptions. */
    MailboxList list(AccountId account);

    /** The counters of one mailbox. */
    MailboxResult status(AccountId account, MailboxName name);

    /**
     * The counters of some mailboxes, the account's own and those of others that it may look up and read; those that do not exist are not in the answer,
     * nor others'.
     */
    List<MailboxStatus> statuses(AccountId account, List<MailboxId> mailboxes);

    /** Measures mailboxes, all at once; those with nothing to count may be left out of the answer. */
    Map<MailboxId, Long> measure(AccountId account, MailboxMeasure what, List<MailboxId> mailboxes);

    /** Opens a mailbox; read-write takes the {@code \Recent} mark from its new messages. */
    OpenResult open(AccountId account, MailboxName name, boolean readOnly);

    /** Makes a mailbox and the levels above it that do not exist (RFC 9051 §6.3.4). */
    MailboxResult create(AccountId account, MailboxName name, Optional<SpecialUse> use);

    /** Deletes a mailbox and its messages (RFC 9051 §6.3.5). */
    MailboxResult delete(AccountId account, MailboxName name);

    /** Renames a mailbox and those below it; renaming INBOX moves its messages (RFC 9051 §6.3.6). */
    MailboxResult rename(AccountId account, MailboxName from, MailboxName to);

    /**
     * What a mailbox shares with the others of its owner (RFC 9208 §4.1.2). It need not be there; for another's that is not, the nearest one above it that
     * the account may know of decides. Others' needs the right to read.
     */
    QuotaResult quotaRoot(AccountId asking, MailboxName mailbox);

    /** A quota root by its name: an account's own, that of whoever lets it read a mailbox, or anybody's for an administrator (RFC 9208 §4.1.1). */
    QuotaResult quota(AccountId asking, String root);

    /** Gives a quota root other limits, which only administrators may (RFC 9208 §4.1.3). */
    QuotaResult setQuota(AccountId asking, String root, QuotaLimits limits);

    /** Whether the account may have so much more, which nobody adds yet; with nothing more, whether it has not too much already. Cheap. */
    boolean hasRoom(AccountId account, QuotaAmount more);

    /**
     * Annotations of mailboxes, own ones and others', as one reader sees them (RFC 5464 §4.2); only those that have a value, and nothing of what the
     * reader may not read. What is asked for of many mailboxes is asked in batches of at most {@value #BATCH}.
     */
    Map<MailboxId, Map<AnnotationName, byte[]>> metadata(
            AccountId reader, List<MailboxId> mailboxes, MetadataQuery query);

    /** Annotations of one mailbox, as one reader sees them. */
    AnnotationsResult metadata(AccountId reader, MailboxName mailbox, MetadataQuery query);

    /** Annotations of the server, as one reader sees them. */
    Map<AnnotationName, byte[]> serverMetadata(AccountId reader, MetadataQuery query);

    /**
     * Which annotations mailboxes have, as one reader sees them, and for each a number that changes whenever its value is set. Without those that are made
     * of something else. Asked in batches of at most {@value #BATCH}.
     */
    Map<MailboxId, Map<AnnotationName, Long>> annotationVersions(AccountId reader, List<MailboxId> mailboxes);

    /** The same of the server. */
    Map<AnnotationName, Long> serverAnnotationVersions(AccountId reader);

    /** Sets annotations of a mailbox, or removes those without a value (RFC 5464 §4.3). Of others' mailboxes private ones are the reader's alone. */
    MetadataResult annotate(AccountId account, MailboxName name, Map<AnnotationName, Optional<byte[]>> values);

    /** Sets annotations of the server, or removes them. */
    MetadataResult annotateServer(AccountId account, Map<AnnotationName, Optional<byte[]>> values);

    /** Adds or takes away a subscription. */
    void subscribe(AccountId account, MailboxName name, boolean subscribed);

    /** Adds a message. */
    AppendResult append(AccountId account, MailboxName name, AppendRequest request);

    /**
     * Adds messages, at least one, all or none (RFC 3502).
     *
     * @return for messages that were added the UID of the first; those of the others follow without a gap, in their order
     */
    AppendResult appendAll(AccountId account, MailboxName name, List<AppendItem> messages);

    /** Adds a message and removes another, both or neither (RFC 8508 §3). */
    ReplaceResult replace(MailboxRef source, long uid, MailboxName target, AppendRequest request);

    /** The messages as they are now; one instance for all who ask for the same state. Empty when the mailbox is gone. */
    Optional<MailboxSnapshot> view(MailboxRef mailbox);

    /** What happened since. */
    Changes changes(MailboxRef mailbox, long sinceModSeq);

    /** What left since, from tombstones that outlive a restart (RFC 7162 §3.2.5, §3.2.6). */
    Vanished vanished(MailboxRef mailbox, long sinceModSeq);

    /** Rows of messages that still exist, ascending by UID. */
    List<FetchRow> fetch(MailboxRef mailbox, long[] uids, Set<FetchDetail> details);

    /**
     * Octets of a message from {@code offset}, at most {@code length} and fewer at its end; empty when the message is gone.
     */
    Optional<byte[]> content(MailboxRef mailbox, long uid, long offset, int length);

    /**
     * The first octets of several messages, for what would be many questions of {@link #content}.
     *
     * @param lengths octets of each at most; {@value #HEADS} in all, {@value #SLICE} of one
     * @return at the index of its UID; empty when that message is gone
     */
    List<Optional<byte[]>> heads(MailboxRef mailbox, long[] uids, long[] lengths);

    /** Changes flags, of at most {@value #STORE_BATCH} messages. */
    StoreResult store(MailboxRef mailbox, StoreRequest request);

    /** Messages that match (RFC 9051 §6.4.4), sorted as the query says (RFC 5256 §3). */
    Found search(MailboxRef mailbox, SearchQuery query);

    /** Messages that match, put together into threads (RFC 5256 §3). */
    ThreadForest thread(MailboxRef mailbox, ThreadAlgorithm algorithm, SearchKey key);

    /** Copies messages, all or none. */
    CopyResult copy(MailboxRef source, long[] uids, MailboxName target);

    /** Moves messages, all or none (RFC 6851). */
    CopyResult move(MailboxRef source, long[] uids, MailboxName target);

    /**
     * Removes messages that are {@code \Deleted}; only among {@code uids} when given (RFC 4315 §2.1).
     *
     * @return the UIDs removed, ascending
     */
    long[] expunge(MailboxRef mailbox, Optional<long[]> uids);

    /** What the asker may do with a mailbox that is open; empty when it is gone. */
    Optional<Rights> rights(MailboxRef mailbox);

    /** The access control list (RFC 4314 §3.3), for those who may give rights. */
    AccessResult accessList(AccountId account, MailboxName name);

    /** What the account itself may do (RFC 4314 §3.5). */
    AccessResult ownRights(AccountId account, MailboxName name);

    /**
     * Gives or takes rights (RFC 4314 §3.1, §3.2); the next question of anybody sees it. To accounts that the asker may hear of: those of its domain, all for
     * an administrator, and those that the list names already.
     */
    AccessResult grant(AccountId account, MailboxName name, Identifier identifier, RightsChange change);

    /** Subscribes to a mailbox's events: its messages, its annotations, and who may do what with it. */
    Watch watch(MailboxRef mailbox, MailboxWatcher watcher);

    /**
     * Subscribes to what happens to the names and subscriptions of the mailboxes that an account may know of, its own and others', and to the annotations of
     * the server.
     */
    Watch watchTree(AccountId account, TreeWatcher watcher);
}
