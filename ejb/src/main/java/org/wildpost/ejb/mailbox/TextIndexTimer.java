// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Wakes the indexer for what came into mailboxes that are indexed. */
@Singleton
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TextIndexTimer {
    @Inject
    TextIndexer indexer;

    /** Every quarter of a minute. */
    @Schedule(hour = "*", minute = "*", second = "4/15", persistent = false)
    public void wake() {
        indexer.wake();
    }
}
