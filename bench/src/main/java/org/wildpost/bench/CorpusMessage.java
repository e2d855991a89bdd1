// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.time.Instant;

/**
 * A message of the {@link Corpus}.
 *
 * @param octets    as it is appended, lines ended by CRLF
 * @param messageId with its angle brackets
 * @param sent      what the Date field says
 * @param arrived   the INTERNALDATE it is appended with
 * @param leaves    parts that are no multipart
 */
record CorpusMessage(int index, byte[] octets, String messageId, Instant sent, Instant arrived, int leaves) {}
