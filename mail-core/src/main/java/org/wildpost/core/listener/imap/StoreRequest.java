// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.OptionalLong;
import org.wildpost.core.message.Flags;

/**
 * A change of flags (RFC 9051 §6.4.6).
 *
 * @param uids           ascending
 * @param unchangedSince messages changed after this are left alone and returned as modified (RFC 7162 §3.1.3)
 */
public record StoreRequest(long[] uids, Mode mode, Flags flags, OptionalLong unchangedSince) {
    /** FLAGS, +FLAGS, -FLAGS. */
    public enum Mode {
        REPLACE,
        ADD,
        REMOVE
    }
}
