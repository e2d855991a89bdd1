// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import org.jspecify.annotations.Nullable;

/**
 * The tagged end of a command (RFC 9051 §7.1).
 *
 * @param status whether it was done
 * @param code   the response code without its brackets
 * @param text   for people, ASCII
 * @param closes whether the connection ends with it
 */
record Reply(Status status, @Nullable String code, String text, boolean closes) {
    /** RFC 9051 §7.1.1 to §7.1.3. */
    enum Status {
        OK,
        NO,
        BAD
    }

    static Reply ok(String text) {
        return new Reply(Status.OK, null, text, false);
    }

    static Reply ok(String code, String text) {
        return new Reply(Status.OK, code, text, false);
    }

    static Reply no(String text) {
        return new Reply(Status.NO, null, text, false);
    }

    /** RFC 5530 names the codes. */
    static Reply no(String code, String text) {
        return new Reply(Status.NO, code, text, false);
    }

    static Reply bad(String text) {
        return new Reply(Status.BAD, null, text, false);
    }

    static Reply bad(String code, String text) {
        return new Reply(Status.BAD, code, text, false);
    }

    /** RFC 4469 §5. */
    boolean isBadUrl() {
        return code != null && code.startsWith("BADURL");
    }

    Reply closing() {
        return new Reply(status, code, text, true);
    }
}
