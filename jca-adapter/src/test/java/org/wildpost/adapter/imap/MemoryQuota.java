// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.Quota;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.listener.imap.QuotaResult;

/** How much the first account of {@link MemoryMail} may have; others have nothing. */
final class MemoryQuota {
    private static final String ROOT = "#user/";

    private final MemoryTree tree;
    private final Function<AccountId, String> address;
    volatile QuotaLimits limits = QuotaLimits.NONE;

    /** Whether the first account administers the server. */
    boolean administrator;

    MemoryQuota(MemoryTree tree, Function<AccountId, String> address) {
        this.tree = tree;
        this.address = address;
    }

    private boolean administers(AccountId account) {
        return administrator && account.equals(MemoryMailboxes.ALICE);
    }

    Quota of(AccountId account) {
        String root = ROOT + address.apply(account);
        return account.equals(MemoryMailboxes.ALICE)
                ? new Quota(root, tree.amount(), limits)
                : new Quota(root, QuotaAmount.NONE, QuotaLimits.NONE);
    }

    /** @param reads whether the asker may read a mailbox of somebody */
    QuotaResult find(AccountId asking, String root, Predicate<AccountId> reads) {
        return Stream.of(MemoryMailboxes.ALICE, MemoryAccess.BOB, asking)
                .filter(account -> root.equals(ROOT + address.apply(account)))
                .filter(account -> account.equals(asking) || administers(asking) || reads.test(account))
                .findFirst()
                .<QuotaResult>map(account -> new QuotaResult.Told(of(account)))
                .orElseGet(() -> administers(asking) ? new QuotaResult.NoSuchRoot() : new QuotaResult.NotPermitted());
    }

    QuotaResult set(AccountId asking, String root, QuotaLimits wanted) {
        if (!administers(asking)) {
            return new QuotaResult.NotPermitted();
        }
        if (root.equals(ROOT + address.apply(MemoryMailboxes.ALICE))) {
            limits = wanted;
        }
        return find(asking, root, account -> true);
    }

    /** Whether there is room for so much more; for less there always is. */
    boolean admits(QuotaAmount more) {
        boolean less = more.octets() <= 0 && more.messages() <= 0;
        return less || hasRoom(more);
    }

    boolean hasRoom(QuotaAmount more) {
        return limits.allow(tree.amount().plus(more));
    }
}
