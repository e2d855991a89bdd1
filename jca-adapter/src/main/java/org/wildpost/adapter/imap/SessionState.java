// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.Watch;

/** Where a session is (RFC 9051 §3). */
sealed interface SessionState {
    record NotAuthenticated() implements SessionState {}

    record Authenticated(AccountId account) implements SessionState {}

    /**
     * @param signal raised when the mailbox may have changed
     * @param watch  ends with the selection
     */
    record Selected(AccountId account, MailboxView view, MailboxSignal signal, Watch watch) implements SessionState {}
}
