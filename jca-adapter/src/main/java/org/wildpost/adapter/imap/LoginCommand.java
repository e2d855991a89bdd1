// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Optional;
import org.wildpost.core.sasl.Secret;

/** Commands before the login (RFC 9051 §6.2). */
sealed interface LoginCommand extends ImapCommand {
    record StartTls() implements LoginCommand {}

    /**
     * @param mechanism in capitals
     * @param initial   the initial response in Base64 (RFC 4959)
     */
    record Authenticate(String mechanism, Optional<Secret> initial) implements LoginCommand {}

    record Login(String username, Secret password) implements LoginCommand {}
}
