// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.wildpost.core.acl.AccessEntry;
import org.wildpost.core.acl.Identifier;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.acl.RightsChange;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.AccessResult;
import org.wildpost.core.listener.imap.MailboxName;

/** Access control lists in memory. */
abstract class MemoryAccess extends MemoryMailboxes {
    static final AccountId BOB = new AccountId(8);

    /** Of another domain. */
    static final AccountId STRANGER = new AccountId(9);

    private static final Map<AccountId, String> ADDRESSES =
            Map.of(ALICE, "alice@demo.test", BOB, "bob@demo.test", STRANGER, "a@other.test");

    private final Map<MailboxId, Map<String, AccessEntry>> lists = new HashMap<>();

    record Found(AccountId owner, MailboxName ownName, MailboxName shownName, MemoryBox box, Rights rights) {}

    @Override
    String address(AccountId account) {
        return ADDRESSES.getOrDefault(account, "a" + account.value() + "@demo.test");
    }

    Optional<AccountId> account(String address) {
        return Stream.concat(ADDRESSES.keySet().stream(), accounts().stream())
                .filter(one -> address(one).equals(address))
                .findFirst();
    }

    Rights rights(AccountId owner, AccountId reader, MailboxId mailbox) {
        return owner.equals(reader)
                ? Rights.ALL
                : AccessEntry.effective(entries(mailbox).values().stream()
                        .filter(entry -> entry.identifier()
                                .address()
                                .orElse(address(reader))
                                .equals(address(reader)))
                        .toList());
    }

    Map<String, AccessEntry> entries(MailboxId mailbox) {
        return lists.computeIfAbsent(mailbox, id -> new TreeMap<>());
    }

    Optional<Found> find(AccountId account, MailboxName name) {
        if (!SharedName.isForeign(name)) {
            return tree(account).find(name).map(box -> new Found(account, name, name, box, Rights.ALL));
        }
        return SharedName.parse(name)
                .flatMap(shared -> account(shared.owner())
                        .filter(owner -> !owner.equals(account))
                        .flatMap(owner -> tree(owner)
                                .find(shared.mailbox())
                                .map(box -> new Found(
                                        owner,
                                        shared.mailbox(),
                                        shared.full().orElseThrow(),
                                        box,
                                        rights(owner, account, box.id)))));
    }

    boolean may(MailboxRef ref, Right... needed) {
        return rights(ref.account(), ref.reader(), ref.mailbox()).hasAll(Rights.of(needed));
    }

    static boolean known(Optional<Found> found) {
        return found.isPresent() && found.get().rights.has(Right.LOOKUP);
    }

    @Override
    public Optional<Rights> rights(MailboxRef ref) {
        return box(ref).map(box -> rights(ref.account(), ref.reader(), ref.mailbox()));
    }

    @Override
    public AccessResult accessList(AccountId account, MailboxName name) {
        Optional<Found> found = find(account, name);
        if (found.isEmpty() || !found.get().rights.has(Right.ADMINISTER)) {
            return known(found) ? new AccessResult.NoPermission() : new AccessResult.NoSuchMailbox();
        }
        return new AccessResult.Listed(
                found.get().shownName,
                address(found.get().owner),
                List.copyOf(entries(found.get().box.id).values()));
    }

    @Override
    public AccessResult ownRights(AccountId account, MailboxName name) {
        return find(account, name)
                .filter(found -> found.rights.hasAny(Rights.parse("lrikxa").orElseThrow()))
                .<AccessResult>map(found -> new AccessResult.Mine(found.shownName, found.rights))
                .orElseGet(AccessResult.NoSuchMailbox::new);
    }

    @Override
    public AccessResult grant(AccountId account, MailboxName name, Identifier identifier, RightsChange change) {
        Optional<Found> found = find(account, name);
        if (found.isEmpty() || !found.get().rights.has(Right.ADMINISTER)) {
            return known(found) ? new AccessResult.NoPermission() : new AccessResult.NoSuchMailbox();
        }
        Optional<AccountId> grantee = identifier.address().flatMap(this::account);
        if (grantee.isPresent() && grantee.get().equals(found.get().owner)) {
            return !identifier.negative() && change.apply(Rights.ALL).equals(Rights.ALL)
                    ? new AccessResult.Done()
                    : new AccessResult.NotAllowed("the owner has all rights");
        }
        // Ordered as the server orders them: anyone first, then by address.
        String key = identifier.address().orElse("") + " " + identifier.negative();
        Map<String, AccessEntry> entries = entries(found.get().box.id);
        Rights before =
                Optional.ofNullable(entries.get(key)).map(AccessEntry::rights).orElse(Rights.NONE);
        Rights after = change.apply(before);
        if (after.equals(before)) {
            return new AccessResult.Done();
        }
        if (identifier.address().isPresent() && !mayName(account, grantee, entries.values(), identifier)) {
            return new AccessResult.NoSuchIdentifier();
        }
        if (after.isEmpty()) {
            entries.remove(key);
        } else {
            entries.put(key, new AccessEntry(identifier, after));
        }
        touched(found.get().box);
        treeTouched();
        return new AccessResult.Done();
    }

    private boolean mayName(
            AccountId asker, Optional<AccountId> grantee, Collection<AccessEntry> entries, Identifier identifier) {
        boolean named =
                entries.stream().anyMatch(entry -> entry.identifier().address().equals(identifier.address()));
        return named
                || grantee.isPresent()
                        && (administers(asker) || domain(grantee.get()).equals(domain(asker)));
    }

    private boolean administers(AccountId account) {
        return account.equals(ALICE) && quota.administrator;
    }

    private String domain(AccountId account) {
        return address(account).substring(address(account).indexOf('@'));
    }
}
