// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener;

import org.wildpost.core.sasl.Secret;

/**
 * A name and a password, over whatever mechanism they came (PLAIN, LOGIN, USER/PASS, a form).
 *
 * @param protocol the service asked
 * @param peer     who asks
 * @param username as typed; an address of a hosted domain
 * @param password as typed
 */
public record LoginAttempt(MailProtocol protocol, Peer peer, String username, Secret password) {}
