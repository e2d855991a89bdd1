// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

/** Every fixed reply of ours, response codes of RFC 2449 §8.1 and RFC 3206 §4 included. */
final class Pop3Replies {
    static final Pop3Reply NAME_TAKEN = Pop3Reply.ok("send PASS");
    static final Pop3Reply DONE = Pop3Reply.ok("done");
    static final Pop3Reply BEGIN_TLS = new Pop3Reply.Line("+OK begin TLS", Pop3Reply.Effect.TLS);
    static final Pop3Reply BYE = Pop3Reply.close("+OK bye");

    static final Pop3Reply UNRECOGNISED = Pop3Reply.error("unknown command");
    static final Pop3Reply LINE_TOO_LONG = Pop3Reply.error("the line is too long");
    static final Pop3Reply LOGIN_FIRST = Pop3Reply.error("log in first");
    static final Pop3Reply LOGGED_IN = Pop3Reply.error("you are logged in");
    static final Pop3Reply USER_FIRST = Pop3Reply.error("send USER first");
    static final Pop3Reply TLS_FIRST = Pop3Reply.error("encrypt first: STLS, or the port for TLS");
    static final Pop3Reply TLS_IS_ON = Pop3Reply.error("TLS is on");
    static final Pop3Reply NO_SUCH_MECHANISM = Pop3Reply.error("unknown mechanism; AUTH alone lists those known");
    static final Pop3Reply CANCELLED = Pop3Reply.error("cancelled");
    static final Pop3Reply NOT_BASE64 = Pop3Reply.error("that was not Base64");
    static final Pop3Reply LOGIN_FAILED = Pop3Reply.error("[AUTH] name or password is wrong");
    static final Pop3Reply IN_USE = Pop3Reply.error("[IN-USE] another POP3 session has this maildrop");
    static final Pop3Reply NO_SUCH_MESSAGE = Pop3Reply.error("no such message");
    static final Pop3Reply TRY_LATER = Pop3Reply.error("[SYS/TEMP] not possible now, try again later");

    static final Pop3Reply NOT_DELETED =
            Pop3Reply.close("-ERR [SYS/TEMP] the deletions were not made, nothing is lost; connect again");
    static final Pop3Reply LEASE_LOST =
            Pop3Reply.close("-ERR [SYS/TEMP] the maildrop was unlocked meanwhile; connect again");
    static final Pop3Reply INJECTION = Pop3Reply.close("-ERR [SYS/PERM] octets before TLS began");
    static final Pop3Reply NOT_HTTP = Pop3Reply.close("-ERR this is POP3");
    static final Pop3Reply TOO_MANY_ERRORS = Pop3Reply.close("-ERR too many errors");
    static final Pop3Reply GOING_DOWN = Pop3Reply.close("-ERR [SYS/TEMP] the server is going down");

    private Pop3Replies() {}
}
