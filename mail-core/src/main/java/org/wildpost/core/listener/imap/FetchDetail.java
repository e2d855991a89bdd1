// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/** Columns of a fetch that cost something to read; UID, flags, MODSEQ, date, size and preview always come. */
public enum FetchDetail {
    ENVELOPE,
    STRUCTURE
}
