// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import org.wildpost.core.listener.LoginResult;

/**
 * The answer to a login by token.
 *
 * @param refusal what the client is told if the result is a rejection
 */
public record TokenResult(LoginResult result, TokenRefusal refusal) {}
