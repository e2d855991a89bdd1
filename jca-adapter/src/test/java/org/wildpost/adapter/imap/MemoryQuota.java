// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.Quota;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.listener.imap.QuotaResult;

/** How much the account of {@link MemoryMail} may have; others have nothing. */
final class MemoryQuota {
    private static final String ROOT = "#user/alice@demo.test";

    private final MemoryTree tree;
    volatile QuotaLimits limits = QuotaLimits.NONE;
    boolean administrator;

    MemoryQuota(MemoryTree tree) {
        this.tree = tree;
    }

    Quota of(AccountId account) {
        return account.equals(MemoryMailboxes.ALICE)
                ? new Quota(ROOT, tree.amount(), limits)
                : new Quota("#user/" + account.value() + "@demo.test", QuotaAmount.NONE, QuotaLimits.NONE);
    }

    QuotaResult find(String root) {
        if (root.equals(ROOT)) {
            return new QuotaResult.Told(of(MemoryMailboxes.ALICE));
        }
        return administrator ? new QuotaResult.NoSuchRoot() : new QuotaResult.NotPermitted();
    }

    QuotaResult set(String root, QuotaLimits wanted) {
        if (!administrator) {
            return new QuotaResult.NotPermitted();
        }
        if (root.equals(ROOT)) {
            limits = wanted;
        }
        return find(root);
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
