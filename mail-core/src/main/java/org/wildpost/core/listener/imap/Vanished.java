// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/**
 * What left a mailbox since a modification sequence (RFC 7162 §3.2.10.1).
 *
 * @param complete false when tombstones of that time were given up: then everything that is not there any more may have left since
 * @param uids     UIDs whose tombstones are there, ascending, each once
 */
public record Vanished(boolean complete, long[] uids) {}
