// SPDX-License-Identifier: Apache-2.0
/**
 * Mail that waits to leave: messages, their recipients, destinations, the nodes that carry, and the record of what became of it. Must not know
 * who decides or carries. Work is picked by destination; every statement of the hot paths goes over an index, whatever waits. RFC 3461, RFC 6710.
 */
@NullMarked
package org.wildpost.persistence.queue;

import org.jspecify.annotations.NullMarked;
