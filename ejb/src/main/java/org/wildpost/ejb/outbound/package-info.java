// SPDX-License-Identifier: Apache-2.0
/**
 * The way to other servers: routes, mail exchangers, transport security, connections. Must not know the queue: it is handed a shipment and says
 * what became of it. RFC 5321 §5, RFC 7505, RFC 7672, RFC 8461, RFC 8460, RFC 8689.
 */
@NullMarked
package org.wildpost.ejb.outbound;

import org.jspecify.annotations.NullMarked;
