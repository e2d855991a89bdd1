// SPDX-License-Identifier: Apache-2.0
/**
 * Where the domain name system says that mail for a domain goes: exchangers in the order of their trial, addresses in the order of theirs. Must not know
 * connections, routes that an operator set, or TLS. RFC 5321 §5.1, RFC 7505.
 */
@NullMarked
package org.wildpost.core.mx;

import org.jspecify.annotations.NullMarked;
