// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

/**
 * A message that is to be threaded.
 *
 * @param uid         its UID; messages come in ascending order
 * @param sent        the sent date in seconds (RFC 5256 §2.2)
 * @param baseSubject the base subject as it is compared (RFC 5051); equal texts need not be one instance
 * @param isReply     whether the subject is that of an answer or a forwarding
 * @param id          the number of its Message-ID, 0 without one
 * @param references  the numbers of the messages that it refers to, the oldest first
 */
public record ThreadInput(long uid, long sent, String baseSubject, boolean isReply, long id, long[] references) {}
