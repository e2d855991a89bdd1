// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener;

import java.util.Optional;
import org.wildpost.core.sasl.Secret;

/**
 * A bearer token (RFC 7628, XOAUTH2).
 *
 * @param protocol the service asked
 * @param peer     who asks
 * @param username who the client says that it is; empty when the token alone says it
 * @param token    not empty
 */
public record TokenAttempt(MailProtocol protocol, Peer peer, Optional<String> username, Secret token) {}
