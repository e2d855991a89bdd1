// SPDX-License-Identifier: Apache-2.0
/**
 * Which conversation a message belongs to, from its header alone, and the algorithms of THREAD. Must not know where that is kept. RFC 8474 §5.2, RFC 5322 §3.6.4, RFC 5256.
 */
@NullMarked
package org.wildpost.core.thread;

import org.jspecify.annotations.NullMarked;
