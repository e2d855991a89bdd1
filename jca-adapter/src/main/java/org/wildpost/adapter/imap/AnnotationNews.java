// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.AnnotationsResult;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.MetadataQuery;

/**
 * Which annotations of mailboxes and of the server changed since the client was told (RFC 5465 §5.6, §5.7): their names, in unsolicited METADATA responses
 * (RFC 5464 §4.4.2). For one thread at a time.
 */
final class AnnotationNews {
    /**
     * Annotations that are remembered for one session, to see what becomes of them: twice as many as an account may have (RFC 5465 §5.8). Of others' mailboxes
     * that would be more than that nothing is told any more.
     */
    static final int MAX_ENTRIES = 10_000;

    private final ImapContext context;
    private final AccountId account;
    private final boolean server;
    private final Map<MailboxId, Map<AnnotationName, Long>> told = new HashMap<>();
    private Map<AnnotationName, Long> toldOfServer = Map.of();

    /** Others' mailboxes among those told of, and those of them that were too much. */
    private final Set<MailboxId> foreign = new HashSet<>();

    private final Set<MailboxId> leftOut = new HashSet<>();

    /** What the client set itself, or removed, and was not looked at since; under nothing that of the server. */
    private final Map<Optional<MailboxName>, Map<AnnotationName, Optional<byte[]>>> own = new HashMap<>();

    /** @param server whether those of the server are wanted */
    AnnotationNews(ImapContext context, boolean server) {
        this.context = context;
        this.account = context.account();
        this.server = server;
    }

    /** The client set these, in a mailbox or the server, and needs not be told (RFC 5465 §5). */
    void setByClient(Optional<MailboxName> mailbox, Map<AnnotationName, Optional<byte[]>> values) {
        own.computeIfAbsent(mailbox, one -> new HashMap<>()).putAll(values);
    }

    /** Nothing came of what the client set: nobody waits for it. */
    void forgetOwn() {
        own.clear();
    }

    /** A look that tells nothing. */
    void learn(Collection<MailboxStatus> wanted) throws OtherMailboxes.TooManyException {
        toldOfServer = ofServer();
        remember(wanted, versions(wanted));
    }

    /**
     * Goes on from what the client was told by another: what changed since is still to be told.
     *
     * @return whether there is such a change of the server
     */
    boolean goOnFrom(AnnotationNews before) {
        told.replaceAll((id, learned) -> before.told.getOrDefault(id, learned));
        boolean changed = server && before.server && !toldOfServer.equals(before.toldOfServer);
        if (changed) {
            toldOfServer = before.toldOfServer;
        }
        return changed;
    }

    /**
     * Tells what changed.
     *
     * @param wanted the mailboxes to look at
     * @param all    whether these are all that are wanted, and the server is to be looked at
     * @throws OtherMailboxes.TooManyException when the account's own are more than {@value #MAX_ENTRIES}
     */
    void tell(Collection<MailboxStatus> wanted, boolean all) throws IOException, OtherMailboxes.TooManyException {
        Map<MailboxId, Map<AnnotationName, Long>> now = versions(wanted);
        Map<AnnotationName, Long> nowOfServer = all ? ofServer() : toldOfServer;
        for (MailboxStatus mailbox : wanted) {
            if (leftOut.contains(mailbox.id())) {
                continue;
            }
            Map<AnnotationName, Long> before = told.getOrDefault(mailbox.id(), Map.of());
            write(Optional.of(mailbox.name()), changed(before, now.getOrDefault(mailbox.id(), Map.of())));
        }
        if (all) {
            told.clear();
        }
        write(Optional.empty(), changed(toldOfServer, nowOfServer));
        toldOfServer = nowOfServer;
        forgetOwn();
        remember(wanted, now);
    }

    /** As far as there is room: those of the account's own mailboxes first. */
    private void remember(Collection<MailboxStatus> wanted, Map<MailboxId, Map<AnnotationName, Long>> now)
            throws OtherMailboxes.TooManyException {
        told.putAll(now);
        wanted.stream()
                .filter(mailbox -> SharedName.isForeign(mailbox.name()))
                .map(MailboxStatus::id)
                .forEach(foreign::add);
        foreign.retainAll(told.keySet());
        told.keySet().removeAll(leftOut);
        int entries = toldOfServer.size();
        for (Map<AnnotationName, Long> one : told.values()) {
            entries += one.size();
        }
        for (MailboxId id : foreign) {
            if (entries > MAX_ENTRIES && leftOut.add(id)) {
                entries -= told.getOrDefault(id, Map.of()).size();
                told.remove(id);
            }
        }
        if (entries > MAX_ENTRIES) {
            throw new OtherMailboxes.TooManyException();
        }
    }

    private Map<AnnotationName, Long> ofServer() {
        return server ? context.ask(l -> l.serverAnnotationVersions(account)) : Map.of();
    }

    private Map<MailboxId, Map<AnnotationName, Long>> versions(Collection<MailboxStatus> mailboxes) {
        List<MailboxId> ids = mailboxes.stream().map(MailboxStatus::id).toList();
        Map<MailboxId, Map<AnnotationName, Long>> found = new HashMap<>();
        for (int from = 0; from < ids.size(); from += ImapListener.BATCH) {
            List<MailboxId> some = ids.subList(from, Math.min(from + ImapListener.BATCH, ids.size()));
            found.putAll(context.ask(l -> l.annotationVersions(account, some)));
        }
        for (MailboxStatus mailbox : mailboxes) {
            Map<AnnotationName, Long> all = new TreeMap<>(found.getOrDefault(mailbox.id(), Map.of()));
            mailbox.specialUse()
                    .ifPresent(use -> all.put(
                            AnnotationName.SPECIAL_USE, (long) use.attribute().hashCode()));
            found.put(mailbox.id(), all);
        }
        return found;
    }

    /** Also those that are gone (RFC 5465 §5.6). */
    private static Set<AnnotationName> changed(Map<AnnotationName, Long> before, Map<AnnotationName, Long> now) {
        Set<AnnotationName> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        names.removeIf(name -> before.containsKey(name) && before.get(name).equals(now.get(name)));
        return names;
    }

    /** What the client set needs not be told as long as it is so: another may have set it since. */
    private void removeOwn(Optional<MailboxName> mailbox, Set<AnnotationName> changed) {
        Map<AnnotationName, Optional<byte[]>> set = own.getOrDefault(mailbox, Map.of());
        List<AnnotationName> both = changed.stream().filter(set::containsKey).toList();
        if (both.isEmpty()) {
            return;
        }
        MetadataQuery query = new MetadataQuery(both, 0);
        AnnotationsResult result = context.ask(l -> mailbox.isPresent()
                ? l.metadata(account, mailbox.get(), query)
                : new AnnotationsResult.Found(l.serverMetadata(account, query)));
        if (result instanceof AnnotationsResult.Found(Map<AnnotationName, byte[]> now)) {
            for (AnnotationName name : both) {
                if (same(name, set.getOrDefault(name, Optional.empty()), Optional.ofNullable(now.get(name)))) {
                    changed.remove(name);
                }
            }
        }
    }

    /** Whether a value is that of the client; case does not matter in a special use (RFC 6154 §2). */
    private static boolean same(AnnotationName name, Optional<byte[]> set, Optional<byte[]> now) {
        if (set.isEmpty() || now.isEmpty()) {
            return set.isEmpty() && now.isEmpty();
        }
        return name.equals(AnnotationName.SPECIAL_USE)
                ? new String(set.get(), StandardCharsets.ISO_8859_1)
                        .equalsIgnoreCase(new String(now.get(), StandardCharsets.ISO_8859_1))
                : Arrays.equals(set.get(), now.get());
    }

    /** metadata-resp with an entry-list (RFC 5464 §5). */
    private void write(Optional<MailboxName> mailbox, Set<AnnotationName> changed) throws IOException {
        removeOwn(mailbox, changed);
        if (changed.isEmpty()) {
            return;
        }
        ImapWriter out = context.writer();
        out.text("* METADATA ").mailbox(mailbox.map(MailboxName::value).orElse(""));
        for (AnnotationName name : changed) {
            out.text(" ");
            MetadataResponses.name(out, name.toString());
        }
        out.endLine();
    }
}
