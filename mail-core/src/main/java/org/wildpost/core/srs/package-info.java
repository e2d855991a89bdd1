// SPDX-License-Identifier: Apache-2.0
/**
 * The Sender Rewriting Scheme: return paths under a domain of ours for mail that is passed on, so that the next server's look at SPF (RFC 7208) finds
 * the server that really sends, and notifications still find their way back. There is no RFC of it; the forms are those of the paper that named
 * SRS0 and SRS1. Must not know accounts, secrets' origin or the database.
 */
@NullMarked
package org.wildpost.core.srs;

import org.jspecify.annotations.NullMarked;
