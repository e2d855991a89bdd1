// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/**
 * What the mailboxes of one account share (RFC 9208 §3.2).
 *
 * @param root the name of the quota root, ASCII
 */
public record Quota(String root, QuotaAmount used, QuotaLimits limits) {}
