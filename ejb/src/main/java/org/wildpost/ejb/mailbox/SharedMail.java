// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.wildpost.core.acl.FlagRights;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AppendItem;
import org.wildpost.core.listener.imap.AppendRequest;
import org.wildpost.core.listener.imap.AppendResult;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.ReplaceResult;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SystemFlag;
import org.wildpost.ejb.mailbox.AccessRules.Access;
import org.wildpost.persistence.acl.ReaderSeen;
import org.wildpost.persistence.acl.SharedRow;
import org.wildpost.persistence.jdbc.Database;

/** Opens others' mailboxes and adds messages to them, with those flags that the account may set (RFC 4314 §4). */
@Dependent
final class SharedMail {
    private static final Flags SEEN = Flags.of(SystemFlag.SEEN);

    private final Database database;
    private final AccessRules rules;
    private final SharedTree tree;
    private final SharedFlags flags;
    private final MailboxService mail;

    @Inject
    SharedMail(Database database, AccessRules rules, SharedTree tree, SharedFlags flags, MailboxService mail) {
        this.database = database;
        this.rules = rules;
        this.tree = tree;
        this.flags = flags;
        this.mail = mail;
    }

    OpenResult open(AccountId account, MailboxName name) {
        return switch (rules.access(account, name, Right.READ)) {
            case Access.Granted(SharedRow row) -> open(account, row);
            case Access.Forbidden() -> new OpenResult.NoPermission();
            case Access.Hidden() -> new OpenResult.NoSuchMailbox();
        };
    }

    /** Nothing is {@code \Recent}: that mark is the owner's. */
    private OpenResult open(AccountId account, SharedRow row) {
        MailboxRef mailbox = row.ref(account);
        database.statement(connection -> {
            new ReaderSeen(connection).tidy(mailbox);
            return mailbox;
        });
        return mail.view(mailbox)
                .<OpenResult>map(snapshot -> new OpenResult.Opened(
                        mailbox, tree.shown(account, row), snapshot, Long.MAX_VALUE, row.rights()))
                .orElseGet(OpenResult.NoSuchMailbox::new);
    }

    AppendResult append(AccountId account, MailboxName name, AppendRequest request) {
        return switch (rules.access(account, name, Right.INSERT)) {
            case Access.Granted(SharedRow row) -> {
                AppendResult result = mail.append(
                        row.owner(), row.status().name(), with(request, everybodys(request.flags(), row.rights())));
                if (result instanceof AppendResult.Appended(long ignored, long uid)) {
                    mark(row.ref(account), row.rights(), List.of(request.flags()), uid);
                }
                yield result;
            }
            case Access.Forbidden() -> new AppendResult.NoPermission();
            case Access.Hidden() -> new AppendResult.NoSuchMailbox();
        };
    }

    AppendResult appendAll(AccountId account, MailboxName name, List<AppendItem> messages) {
        return switch (rules.access(account, name, Right.INSERT)) {
            case Access.Granted(SharedRow row) -> {
                List<AppendItem> items = messages.stream()
                        .map(item -> new AppendItem(
                                item.message(), everybodys(item.flags(), row.rights()), item.internalDate()))
                        .toList();
                AppendResult result = mail.appendAll(row.owner(), row.status().name(), items);
                if (result instanceof AppendResult.Appended(long ignored, long first)) {
                    mark(
                            row.ref(account),
                            row.rights(),
                            messages.stream().map(AppendItem::flags).toList(),
                            first);
                }
                yield result;
            }
            case Access.Forbidden() -> new AppendResult.NoPermission();
            case Access.Hidden() -> new AppendResult.NoSuchMailbox();
        };
    }

    /** Needs what APPEND, STORE of {@code \Deleted} and EXPUNGE need (RFC 8508 §5); both mailboxes must be of one owner. */
    ReplaceResult replace(MailboxRef source, long uid, MailboxName target, AppendRequest request) {
        if (!rules.allows(source, Right.READ, Right.DELETE_MESSAGES, Right.EXPUNGE)) {
            return new ReplaceResult.NoPermission();
        }
        return switch (rules.access(source.reader(), target, Right.INSERT)) {
            case Access.Granted(SharedRow row) -> replace(source, uid, row, request);
            case Access.Forbidden() -> new ReplaceResult.NoPermission();
            case Access.Hidden() -> new ReplaceResult.NoSuchMailbox();
        };
    }

    private ReplaceResult replace(MailboxRef source, long uid, SharedRow target, AppendRequest request) {
        if (!target.owner().equals(source.account())) {
            return new ReplaceResult.NotAllowed("the mailboxes are not of one owner");
        }
        ReplaceResult result = mail.replace(
                source.owners(),
                uid,
                target.status().name(),
                with(request, everybodys(request.flags(), target.rights())));
        if (result instanceof ReplaceResult.Replaced(long ignored, long added)) {
            mark(target.ref(source.reader()), target.rights(), List.of(request.flags()), added);
        }
        return result;
    }

    /** The flags of a new message without the adder's own {@code \Seen}. */
    private static Flags everybodys(Flags wanted, Rights rights) {
        return FlagRights.kept(wanted, rights.minus(Rights.of(Right.SEEN)));
    }

    private static AppendRequest with(AppendRequest request, Flags flags) {
        return new AppendRequest(request.message(), request.index(), flags, request.internalDate());
    }

    /** Marks those of new messages, whose UIDs follow without a gap, that were added with {@code \Seen}. */
    private void mark(MailboxRef mailbox, Rights rights, List<Flags> added, long firstUid) {
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < added.size(); i++) {
            if (added.get(i).has(SystemFlag.SEEN)) {
                seen.add(firstUid + i);
            }
        }
        if (!seen.isEmpty()) {
            long[] uids = seen.stream().mapToLong(Long::longValue).toArray();
            flags.store(mailbox, new StoreRequest(uids, StoreRequest.Mode.ADD, SEEN, OptionalLong.empty()), rights);
        }
    }
}
