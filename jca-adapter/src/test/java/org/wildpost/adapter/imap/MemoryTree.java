// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.SpecialUse;

/** The mailboxes of {@link MemoryMail} by name, and the subscriptions. */
final class MemoryTree {
    private final TreeMap<MailboxName, MemoryBox> boxes = new TreeMap<>();
    private final Set<MailboxName> subscriptions = new TreeSet<>();
    private long nextId;

    /** INBOX and a mailbox for each use, subscribed. */
    MemoryTree(long firstId) {
        nextId = firstId;
        make(MailboxName.INBOX, Optional.empty());
        subscriptions.add(MailboxName.INBOX);
        for (SpecialUse use : SpecialUse.DEFAULTS) {
            make(use.defaultName(), Optional.of(use));
            subscriptions.add(use.defaultName());
        }
    }

    private void make(MailboxName name, Optional<SpecialUse> use) {
        boxes.put(name, new MemoryBox(++nextId, use));
    }

    Optional<MemoryBox> find(MailboxName name) {
        return Optional.ofNullable(boxes.get(name));
    }

    Set<MailboxName> names() {
        return Set.copyOf(boxes.keySet());
    }

    Optional<MemoryBox> find(MailboxId id) {
        return boxes.values().stream().filter(box -> box.id.equals(id)).findFirst();
    }

    /** All messages. */
    QuotaAmount amount() {
        return boxes.values().stream().map(MemoryBox::amount).reduce(QuotaAmount.NONE, QuotaAmount::plus);
    }

    MailboxList list() {
        List<MailboxStatus> all = new ArrayList<>();
        boxes.forEach((name, box) -> all.add(box.status(name)));
        return new MailboxList(all, subscriptions);
    }

    void subscribe(MailboxName name, boolean subscribed) {
        if (subscribed) {
            subscriptions.add(name);
        } else {
            subscriptions.removeIf(kept -> SharedName.canonical(kept).equals(name));
        }
    }

    MailboxResult status(MailboxName name) {
        return find(name)
                .<MailboxResult>map(box -> new MailboxResult.Done(box.status(name)))
                .orElseGet(MailboxResult.NoSuchMailbox::new);
    }

    MailboxResult create(MailboxName name, Optional<SpecialUse> use) {
        if (boxes.containsKey(name)) {
            return new MailboxResult.AlreadyExists();
        }
        if (use.isPresent() && boxes.values().stream().anyMatch(box -> box.use.equals(use))) {
            return new MailboxResult.UseTaken();
        }
        makeParents(name);
        make(name, use);
        return status(name);
    }

    /** Gives a mailbox a use, which no other has then. */
    void give(MemoryBox box, Optional<SpecialUse> use) {
        if (use.isPresent()) {
            boxes.values().stream()
                    .filter(other -> other.use.equals(use))
                    .forEach(other -> other.use = Optional.empty());
        }
        box.use = use;
    }

    private void makeParents(MailboxName name) {
        String value = name.value();
        for (int end = value.indexOf('/'); end > 0; end = value.indexOf('/', end + 1)) {
            MailboxName parent = new MailboxName(value.substring(0, end));
            if (!boxes.containsKey(parent)) {
                make(parent, Optional.empty());
            }
        }
    }

    private List<MailboxName> below(MailboxName name) {
        return boxes.keySet().stream()
                .filter(other -> other.value().startsWith(name.value() + MailboxName.SEPARATOR))
                .toList();
    }

    MailboxResult delete(MailboxName name) {
        if (name.equals(MailboxName.INBOX)) {
            return new MailboxResult.NotAllowed("INBOX stays");
        }
        if (boxes.containsKey(name) && !below(name).isEmpty()) {
            return new MailboxResult.HasChildren();
        }
        MailboxResult last = status(name);
        boxes.remove(name);
        return last;
    }

    MailboxResult rename(MailboxName from, MailboxName to) {
        if (!boxes.containsKey(from)) {
            return new MailboxResult.NoSuchMailbox();
        }
        if (boxes.containsKey(to)) {
            return new MailboxResult.AlreadyExists();
        }
        if (from.equals(MailboxName.INBOX)) {
            create(to, Optional.empty());
            MemoryBox inbox = boxes.get(from);
            long[] all = inbox.uids(message -> true);
            inbox.existing(all).forEach(message -> boxes.get(to).put(message, message.messageId()));
            inbox.remove(all);
            return status(to);
        }
        List<MailboxName> moving = new ArrayList<>(below(from));
        moving.add(from);
        String prefix = to.value();
        if (prefix.startsWith(from.value() + MailboxName.SEPARATOR)
                || !moving.stream().allMatch(name -> MailboxName.isValid(moved(name, from, prefix)))) {
            return new MailboxResult.NotAllowed("not there");
        }
        moving.forEach(name -> boxes.put(new MailboxName(moved(name, from, prefix)), boxes.remove(name)));
        makeParents(to);
        return status(to);
    }

    private static String moved(MailboxName name, MailboxName from, String to) {
        return to + name.value().substring(from.value().length());
    }
}
