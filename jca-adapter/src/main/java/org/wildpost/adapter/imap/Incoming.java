// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

/** What the reader brings. */
sealed interface Incoming {
    /** A whole command, but for the message of an APPEND. */
    record Command(Frame frame) implements Incoming {}

    /** A frame that broke a limit; what could be skipped is skipped. */
    record Refused(String tag, Reply reply) implements Incoming {}

    /** A client of another protocol, such as a browser made to post here; it gets no answer. */
    record Stranger() implements Incoming {}
}
