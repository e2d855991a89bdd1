// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells services of a test of one transaction at a time and calls them at its end. */
final class TestTransactions implements TransactionSynchronizationRegistry {
    private final List<Synchronization> hooks = new ArrayList<>();
    private final Map<Object, Object> resources = new HashMap<>();
    private @Nullable Object key;

    /** Works in a transaction of the database, which commits. */
    <T> T run(Supplier<T> transaction) {
        key = new Object();
        try {
            return transaction.get();
        } finally {
            key = null;
            hooks.forEach(hook -> hook.afterCompletion(Status.STATUS_COMMITTED));
            hooks.clear();
            resources.clear();
        }
    }

    @Override
    public @Nullable Object getTransactionKey() {
        return key;
    }

    @Override
    public void putResource(Object name, Object value) {
        resources.put(name, value);
    }

    @Override
    public @Nullable Object getResource(Object name) {
        return resources.get(name);
    }

    @Override
    public void registerInterposedSynchronization(Synchronization hook) {
        hooks.add(hook);
    }

    @Override
    public int getTransactionStatus() {
        return key == null ? Status.STATUS_NO_TRANSACTION : Status.STATUS_ACTIVE;
    }

    @Override
    public void setRollbackOnly() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean getRollbackOnly() {
        return false;
    }
}
