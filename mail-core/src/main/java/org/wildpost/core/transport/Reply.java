// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reply of a server (RFC 5321 §4.2).
 *
 * @param code  200 to 599
 * @param lines the text of each line, behind the code; at least one
 */
record Reply(int code, List<String> lines) {
    /** The server goes away now (RFC 5321 §3.8). */
    static final int CLOSING = 421;

    /** Send the message (RFC 5321 §4.1.1.4). */
    static final int SEND_DATA = 354;

    /** An enhanced status code in front of the text (RFC 2034 §4). */
    private static final Pattern ENHANCED = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?:\\s.*)?");

    Reply {
        lines = List.copyOf(lines);
        if (code < 200 || code > 599 || lines.isEmpty()) {
            throw new IllegalArgumentException("not a reply: " + code);
        }
    }

    boolean positive() {
        return code / 100 == 2;
    }

    boolean transientFailure() {
        return code / 100 == 4;
    }

    boolean permanent() {
        return code / 100 == 5;
    }

    /** The enhanced status code that the server gave, unless it contradicts the reply code (RFC 2034 §4). */
    Optional<String> enhanced() {
        Matcher matcher = ENHANCED.matcher(lines.getFirst());
        return matcher.matches() && matcher.group(1).charAt(0) == '0' + code / 100
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }

    /** The enhanced status code, derived from the reply code when the server gave none. */
    String status() {
        return enhanced().orElseGet(() -> derived(code));
    }

    /** All of it in one line, as it goes into notifications (RFC 3464 §2.3.6). */
    String text() {
        return OneLine.of(code + " " + String.join(" ", lines));
    }

    /** What a reply code says by itself (RFC 3463 §3, RFC 7504 §4). */
    private static String derived(int code) {
        return switch (code) {
            case 421 -> "4.3.2";
            case 450 -> "4.2.0";
            case 451 -> "4.3.0";
            case 452 -> "4.3.1";
            case 455, 555 -> code / 100 + ".5.4";
            case 500 -> "5.5.2";
            case 501, 504 -> "5.5.4";
            case 502, 503 -> "5.5.1";
            case 521 -> "5.3.2";
            case 551 -> "5.1.6";
            case 552 -> "5.3.4";
            case 553 -> "5.1.3";
            case 556 -> "5.1.10";
            default -> code / 100 + ".0.0";
        };
    }
}
