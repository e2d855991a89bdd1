// SPDX-License-Identifier: Apache-2.0
/**
 * What becomes of a message: who may send it, who gets it, what is written in front of it, and the one transaction that stores it; and the
 * maildrops that POP3 reads. Must not know sockets or tables. RFC 5321 §3.6 to §6.3, RFC 6409, RFC 3848.
 */
@NullMarked
package org.wildpost.ejb.delivery;

import org.jspecify.annotations.NullMarked;
