// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

/** Something that a client may want to hear of happened, or did not. Safe for all threads. */
interface NewsSignal {
    /** Something happened; never blocks. */
    void raise();

    /** Whether something happened since the last look, without looking. */
    boolean isRaised();

    /** What is done each time that something happens; it must not block. */
    void whenRaised(Runnable action);
}
