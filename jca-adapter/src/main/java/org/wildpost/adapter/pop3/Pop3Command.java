// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.util.Optional;
import org.wildpost.core.sasl.Secret;

/** What a POP3 client asks for. Each command stands under the state in which it may be given (RFC 1939 §3). */
sealed interface Pop3Command {
    /** Commands before login. */
    sealed interface Authorizing extends Pop3Command {}

    /** Commands on an open maildrop. Message numbers are as typed: they need not exist. */
    sealed interface Transacting extends Pop3Command {}

    /** RFC 2449 §5. */
    record Capa() implements Pop3Command {}

    /** RFC 1939 §5 and §6. */
    record Quit() implements Pop3Command {}

    /** RFC 6856 §3.2; without a tag, which languages there are. */
    record Lang(Optional<String> tag) implements Pop3Command {}

    /** RFC 6856 §2.1. */
    record Utf8() implements Authorizing {}

    /** RFC 2595 §4. */
    record Stls() implements Authorizing {}

    /** RFC 1939 §7. */
    record User(String name) implements Authorizing {}

    /** RFC 1939 §7; blanks belong to the password. */
    record Pass(Secret password) implements Authorizing {}

    /** RFC 5034 §4; the initial response is Base64 as the client wrote it. */
    record Auth(String mechanism, Optional<Secret> initialResponse) implements Authorizing {}

    /** AUTH without an argument asks for the mechanisms: older than any RFC, and still sent. */
    record AuthList() implements Authorizing {}

    /** RFC 1939 §5. */
    record Stat() implements Transacting {}

    /** RFC 1939 §5; without a number, of all messages. */
    record Listing(Optional<Integer> message) implements Transacting {}

    /** RFC 1939 §5. */
    record Retr(int message) implements Transacting {}

    /** RFC 1939 §5. */
    record Dele(int message) implements Transacting {}

    /** RFC 1939 §5. */
    record Noop() implements Transacting {}

    /** RFC 1939 §5. */
    record Rset() implements Transacting {}

    /** RFC 1939 §7. */
    record Top(int message, int lines) implements Transacting {}

    /** RFC 1939 §7; without a number, of all messages. */
    record Uidl(Optional<Integer> message) implements Transacting {}

    /** A word that is none of ours. */
    record Unrecognised(String verb) implements Pop3Command {}

    /** The first line of an HTTP request: a browser was led here, and what follows is not from a person. */
    record HttpRequest() implements Pop3Command {}
}
