// SPDX-License-Identifier: Apache-2.0
/**
 * Mail that waits to leave: written in the transaction that acknowledges it, claimed by any node, tried until it is delivered, bounced or too old,
 * and recorded. Must not know how a next hop is found. RFC 5321 §4.5.4, RFC 3461, RFC 3464.
 */
@NullMarked
package org.wildpost.ejb.queue;

import org.jspecify.annotations.NullMarked;
