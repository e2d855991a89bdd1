// SPDX-License-Identifier: Apache-2.0
/**
 * Ways out that an operator set, policies of MTA-STS that were fetched, and what became of TLS on the way. Must not know services, sockets or the domain name system.
 * RFC 8461, RFC 8460.
 */
@NullMarked
package org.wildpost.persistence.transport;

import org.jspecify.annotations.NullMarked;
