// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What narrows a FETCH.
 *
 * @param changedSince only messages that changed after this modification sequence (RFC 7162 §3.1.4.1)
 * @param vanished     whether those are named, too, that are gone since (RFC 7162 §3.2.6)
 * @param partial      only a part of the messages, and of these those that changed (RFC 9394 §3.3, §3.4)
 */
record FetchModifiers(OptionalLong changedSince, boolean vanished, Optional<PartialRange> partial) {
    static final FetchModifiers NONE = new FetchModifiers(OptionalLong.empty(), false, Optional.empty());
}
