// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Has expunged messages put into the vault. */
@Singleton
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class VaultFilingTimer {
    @Inject
    VaultFiler filer;

    /** Every few seconds. */
    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    public void file() {
        filer.fileAll();
    }
}
