// SPDX-License-Identifier: Apache-2.0
/** Policies of MTA-STS: fetched, kept for all nodes, refreshed ahead. Must not know routes or connections. RFC 8461. */
@NullMarked
package org.wildpost.ejb.sts;

import org.jspecify.annotations.NullMarked;
