// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.maildrop;

/**
 * A message in a maildrop.
 *
 * @param id   never changes and never comes again
 * @param size octets
 */
public record MaildropRow(long uid, long id, long size) {}
