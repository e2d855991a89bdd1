// SPDX-License-Identifier: Apache-2.0
/**
 * What searches, orders and threads ask of a message's header, read once and kept small. Must not know where it is kept. RFC 9051 §6.4.4,
 * RFC 5255 §4.6, RFC 5256, RFC 5957.
 */
@NullMarked
package org.wildpost.core.summary;

import org.jspecify.annotations.NullMarked;
