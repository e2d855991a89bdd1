// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

/** Where we take what the grammar does not allow, and for whose sake. */
enum Quirk {
    /** A command line that ends in LF alone: people at a terminal, {@code openssl s_client} without {@code -crlf}. */
    BARE_LINE_FEED,
    /** Spaces after the last argument: Outlook's AUTHENTICATE, old mobile clients. */
    TRAILING_SPACE,
    /** A day of one digit without its leading space in date-time: several archivers. */
    SHORT_DAY,
    /** A modification sequence of 0 where one from 1 on is asked for: clients that know nothing yet, and ask for everything thereby. */
    ZERO_MODSEQ;

    /** All of them are on; a place that relaxes the grammar names its quirk by asking. */
    boolean tolerated() {
        return true;
    }
}
