// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.util.List;
import org.wildpost.adapter.pop3.Pop3Reply.Effect;
import org.wildpost.adapter.pop3.Pop3Reply.Status;

/** Every fixed reply of ours, response codes of RFC 2449 §8.1, RFC 3206 §4 and RFC 6856 §5 included. */
final class Pop3Replies {
    static final Pop3Reply NAME_TAKEN = Pop3Reply.ok(Phrase.SEND_PASS);
    static final Pop3Reply DONE = Pop3Reply.ok(Phrase.DONE);
    static final Pop3Reply UTF8_ON = Pop3Reply.ok(Phrase.UTF8_ON);
    static final Pop3Reply BEGIN_TLS = new Pop3Reply.Line(Status.ok(Phrase.BEGIN_TLS), Effect.TLS);
    static final Pop3Reply BYE = new Pop3Reply.Line(Status.ok(Phrase.BYE), Effect.CLOSE);

    static final Pop3Reply UNRECOGNISED = Pop3Reply.error(Phrase.UNKNOWN_COMMAND);
    static final Pop3Reply LINE_TOO_LONG = Pop3Reply.error(Phrase.LINE_TOO_LONG);
    static final Pop3Reply LOGIN_FIRST = Pop3Reply.error(Phrase.LOG_IN_FIRST);
    static final Pop3Reply LOGGED_IN = Pop3Reply.error(Phrase.LOGGED_IN);
    static final Pop3Reply USER_FIRST = Pop3Reply.error(Phrase.USER_FIRST);
    static final Pop3Reply TLS_FIRST = Pop3Reply.error(Phrase.TLS_FIRST);
    static final Pop3Reply TLS_IS_ON = Pop3Reply.error(Phrase.TLS_IS_ON);

    /** What a client set up before TLS is dropped: it would believe in a mode that is off (RFC 6856 §2.1). */
    static final Pop3Reply TLS_BEFORE_UTF8 = Pop3Reply.error(Phrase.TLS_BEFORE_UTF8);

    static final Pop3Reply NO_SUCH_LANGUAGE = Pop3Reply.error(Phrase.NO_SUCH_LANGUAGE);
    static final Pop3Reply NO_SUCH_MECHANISM = Pop3Reply.error(Phrase.NO_SUCH_MECHANISM);
    static final Pop3Reply CANCELLED = Pop3Reply.error(Phrase.CANCELLED);
    static final Pop3Reply NOT_BASE64 = Pop3Reply.error(Phrase.NOT_BASE64);
    static final Pop3Reply LOGIN_FAILED = Pop3Reply.error("[AUTH]", Phrase.LOGIN_FAILED, Effect.ERROR);
    static final Pop3Reply IN_USE = Pop3Reply.error("[IN-USE]", Phrase.IN_USE, Effect.ERROR);
    static final Pop3Reply NO_SUCH_MESSAGE = Pop3Reply.error(Phrase.NO_SUCH_MESSAGE);
    static final Pop3Reply TRY_LATER = Pop3Reply.error("[SYS/TEMP]", Phrase.TRY_LATER, Effect.ERROR);

    /** Another session expunged it: no error of the client, which was told that it is there. */
    static final Pop3Reply REMOVED = new Pop3Reply.Line(new Status("-ERR ", Phrase.REMOVED, List.of()), Effect.NONE);

    /** RFC 6856 §5. */
    static final Pop3Reply NEEDS_UTF8 = Pop3Reply.error("[UTF8]", Phrase.NEEDS_UTF8, Effect.NONE);

    static final Pop3Reply NOT_DELETED = Pop3Reply.error("[SYS/TEMP]", Phrase.NOT_DELETED, Effect.CLOSE);
    static final Pop3Reply LEASE_LOST = Pop3Reply.error("[SYS/TEMP]", Phrase.LEASE_LOST, Effect.CLOSE);
    static final Pop3Reply INJECTION = Pop3Reply.error("[SYS/PERM]", Phrase.INJECTION, Effect.CLOSE);
    static final Pop3Reply NOT_HTTP = new Pop3Reply.Line(new Status("-ERR ", Phrase.NOT_HTTP, List.of()), Effect.CLOSE);
    static final Pop3Reply TOO_MANY_ERRORS =
            new Pop3Reply.Line(new Status("-ERR ", Phrase.TOO_MANY_ERRORS, List.of()), Effect.CLOSE);
    static final Pop3Reply GOING_DOWN = Pop3Reply.error("[SYS/TEMP]", Phrase.GOING_DOWN, Effect.CLOSE);

    private Pop3Replies() {}
}
