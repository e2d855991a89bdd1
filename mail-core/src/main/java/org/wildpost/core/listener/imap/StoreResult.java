// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.List;

/**
 * The answer to STORE.
 *
 * @param messages the state of every message that exists and was asked for and not left alone, ascending by UID, whether it changed or not
 * @param modified UIDs left alone because they changed after {@code unchangedSince}
 */
public record StoreResult(List<Changes.Changed> messages, long[] modified) {
    public StoreResult {
        messages = List.copyOf(messages);
    }
}
