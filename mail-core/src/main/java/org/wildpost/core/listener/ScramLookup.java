// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener;

import org.wildpost.core.sasl.ScramVerifier;

/**
 * The first half of a SCRAM login: the verifier of the account, or, for a name that does not exist, one that is stable for that name and that
 * nothing satisfies, so that names cannot be probed (RFC 5802 §9).
 */
public record ScramLookup(ScramVerifier verifier) {}
