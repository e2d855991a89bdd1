// SPDX-License-Identifier: Apache-2.0
/**
 * What owners send: under which names, how much, mended where it lacks something, encoded and signed. Must not know sockets, nor how mail leaves.
 * RFC 6409, RFC 5321 §6.4, RFC 6376.
 */
@NullMarked
package org.wildpost.ejb.submission;

import org.jspecify.annotations.NullMarked;
