// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.SpecialUse;
import org.wildpost.ejb.mailbox.AccessRules.Access;
import org.wildpost.persistence.acl.SharedRow;

/** Others' mailboxes by name: listed, made, renamed, deleted, as far as their owners allow it (RFC 4314 §4). */
@Dependent
final class SharedTree {
    private final AccessRules rules;
    private final MailboxTree tree;
    private final ReaderCounts counts;

    @Inject
    SharedTree(AccessRules rules, MailboxTree tree, ReaderCounts counts) {
        this.rules = rules;
        this.tree = tree;
        this.counts = counts;
    }

    /** All that the account sees. */
    MailboxList list(AccountId account) {
        MailboxList own = tree.list(account);
        List<SharedRow> shared = rules.visible(account);
        if (shared.isEmpty()) {
            return own;
        }
        List<MailboxStatus> all = new ArrayList<>(own.mailboxes());
        Map<MailboxId, Rights> rights = new HashMap<>();
        all.addAll(shown(account, shared));
        shared.forEach(row -> rights.put(row.status().id(), row.rights()));
        all.sort(Comparator.comparing(MailboxStatus::name));
        return new MailboxList(all, own.subscriptions(), rights);
    }

    MailboxResult status(AccountId account, MailboxName name) {
        return switch (rules.access(account, name, Right.READ)) {
            case Access.Granted(SharedRow row) -> new MailboxResult.Done(shown(account, row));
            case Access.Forbidden() -> new MailboxResult.NoPermission();
            case Access.Hidden() -> new MailboxResult.NoSuchMailbox();
        };
    }

    /** Needs the right on the nearest level above that exists; what stands there hidden is told no more of than what is not there. */
    MailboxResult create(AccountId account, MailboxName name, Optional<SpecialUse> use) {
        Optional<SharedRow> parent = above(account, name);
        if (parent.isEmpty() || !parent.get().has(Right.CREATE)) {
            return new MailboxResult.NoPermission();
        }
        if (use.isPresent()) {
            return new MailboxResult.NotAllowed("a special use is the owner's to give");
        }
        return shown(account, parent.get(), tree.create(parent.get().owner(), ownName(name), use));
    }

    MailboxResult delete(AccountId account, MailboxName name) {
        return switch (rules.access(account, name, Right.DELETE_MAILBOX)) {
            case Access.Granted(SharedRow row) ->
                shown(account, row, tree.delete(row.owner(), row.status().name()));
            case Access.Forbidden() -> new MailboxResult.NoPermission();
            case Access.Hidden() -> new MailboxResult.NoSuchMailbox();
        };
    }

    MailboxResult rename(AccountId account, MailboxName from, MailboxName to) {
        return switch (rules.access(account, from, Right.DELETE_MAILBOX)) {
            case Access.Granted(SharedRow row) -> rename(account, row, to);
            case Access.Forbidden() -> new MailboxResult.NoPermission();
            case Access.Hidden() -> new MailboxResult.NoSuchMailbox();
        };
    }

    private MailboxResult rename(AccountId account, SharedRow row, MailboxName to) {
        Optional<SharedRow> parent = above(account, to);
        boolean moves = parent.isPresent() && parent.get().owner().equals(row.owner());
        if (!moves || row.status().name().equals(MailboxName.INBOX)) {
            return new MailboxResult.NotAllowed("a mailbox stays with its owner");
        }
        return parent.get().has(Right.CREATE)
                ? shown(account, row, tree.rename(row.owner(), row.status().name(), ownName(to)))
                : new MailboxResult.NoPermission();
    }

    /** The nearest level above that exists (RFC 4314 §4, CREATE). */
    private Optional<SharedRow> above(AccountId account, MailboxName name) {
        return rules.above(account, name, row -> true);
    }

    /** Only of what has a level above that exists. */
    private static MailboxName ownName(MailboxName name) {
        return SharedName.parse(name).map(SharedName::mailbox).orElse(name);
    }

    private MailboxResult shown(AccountId account, SharedRow mailbox, MailboxResult result) {
        return result instanceof MailboxResult.Done(MailboxStatus status)
                ? new MailboxResult.Done(
                        shown(account, new SharedRow(mailbox.owner(), mailbox.address(), status, mailbox.rights())))
                : result;
    }

    /** A mailbox of another as the reader sees it. */
    MailboxStatus shown(AccountId reader, SharedRow row) {
        return shown(reader, List.of(row)).getFirst();
    }

    /** The reader's own count of what is unseen; nothing is {@code \Recent}, and a special use is the owner's. */
    List<MailboxStatus> shown(AccountId reader, List<SharedRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<MailboxId, Long> seen =
                counts.seen(reader, rows.stream().map(SharedRow::status).toList());
        return rows.stream()
                .map(row -> shown(row, seen.getOrDefault(row.status().id(), 0L)))
                .toList();
    }

    private static MailboxStatus shown(SharedRow row, long seen) {
        MailboxStatus status = row.status();
        return new MailboxStatus(
                status.id(),
                row.fullName().orElse(status.name()),
                Optional.empty(),
                status.uidValidity(),
                status.uidNext(),
                status.highestModSeq(),
                status.messages(),
                Math.max(0, status.messages() - seen),
                status.deleted(),
                status.uidNext(),
                status.size());
    }
}
