// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.util.List;
import org.wildpost.core.listener.smtp.SmtpVerdict;

/**
 * A reply (RFC 5321 §4.2) with its enhanced status code (RFC 3463, RFC 2034).
 *
 * @param code     the reply code
 * @param enhanced the enhanced code, empty where none belongs (greetings, EHLO, 354)
 * @param lines    the text, at least one line
 * @param effect   what happens after it is written
 */
record SmtpReply(int code, String enhanced, List<String> lines, Effect effect) {
    /** What a reply does to the connection. */
    enum Effect {
        NONE,
        CLOSE,
        TLS,
        /** Counts towards the errors of a session. */
        ERROR
    }

    static final SmtpReply OK = ok("2.0.0", "OK");
    static final SmtpReply BYE = new SmtpReply(221, "2.0.0", List.of("bye"), Effect.CLOSE);
    static final SmtpReply START_TLS = new SmtpReply(220, "2.0.0", List.of("ready to start TLS"), Effect.TLS);
    static final SmtpReply SEND_DATA = new SmtpReply(354, "", List.of("end data with <CR><LF>.<CR><LF>"), Effect.NONE);

    /** RFC 5321 §3.5.3: 250 would say that the mailbox is there. */
    static final SmtpReply VERIFY = new SmtpReply(252, "2.0.0", List.of("cannot verify, send it and see"), Effect.NONE);

    static final SmtpReply HELP = new SmtpReply(
            214, "2.0.0", List.of("EHLO MAIL RCPT DATA BDAT RSET NOOP QUIT AUTH STARTTLS; see RFC 5321"), Effect.NONE);

    /** LMTP is for neighbours (RFC 2033 §5); 554 instead of a greeting is of RFC 5321 §3.1. */
    static final SmtpReply NOT_A_NEIGHBOUR =
            new SmtpReply(554, "5.7.1", List.of("LMTP is not for your network"), Effect.CLOSE);

    static final SmtpReply GOING_DOWN =
            new SmtpReply(421, "4.3.2", List.of("the server is going down, try again later"), Effect.CLOSE);
    static final SmtpReply IDLE_TOO_LONG =
            new SmtpReply(421, "4.4.2", List.of("nothing came for too long"), Effect.CLOSE);
    static final SmtpReply TOO_MANY_ERRORS = new SmtpReply(421, "4.7.0", List.of("too many errors"), Effect.CLOSE);
    static final SmtpReply INJECTED =
            new SmtpReply(421, "4.7.0", List.of("commands came before TLS was ready"), Effect.CLOSE);
    static final SmtpReply TOO_MANY_MAILS = new SmtpReply(
            421, "4.7.0", List.of("enough messages for one session, send the rest in another"), Effect.CLOSE);
    static final SmtpReply NOT_HTTP = new SmtpReply(421, "4.7.0", List.of("this is SMTP, not HTTP"), Effect.CLOSE);
    static final SmtpReply TOO_MUCH_DATA =
            new SmtpReply(552, "5.3.4", List.of("the message is far over the limit"), Effect.CLOSE);
    static final SmtpReply NO_ROOM = failure(452, "4.3.1", "the message cannot be kept now, try again later");
    static final SmtpReply TRY_LATER = failure(451, "4.3.0", "the server cannot do this now, try again later");
    static final SmtpReply TOO_MANY_RECIPIENTS =
            failure(452, "4.5.3", "too many recipients, send the rest in another message");
    static final SmtpReply TOO_MANY_DOMAINS =
            failure(452, "4.5.3", "too many domains of recipients, send the rest in another session");

    static final SmtpReply LINE_TOO_LONG = error(500, "5.5.6", "the line is too long");
    static final SmtpReply UNRECOGNISED = error(500, "5.5.2", "command not recognised");
    static final SmtpReply NOT_OFFERED = error(502, "5.5.1", "command not offered");
    static final SmtpReply HELLO_FIRST = error(503, "5.5.1", "say EHLO first");
    static final SmtpReply MAIL_FIRST = error(503, "5.5.1", "say MAIL FROM first");
    static final SmtpReply RECIPIENT_FIRST = error(503, "5.5.1", "no valid recipients");
    static final SmtpReply NESTED_MAIL = error(503, "5.5.1", "a transaction is under way, say RSET first");
    static final SmtpReply CHUNKS_BEGUN = error(503, "5.5.1", "chunks were sent, only BDAT or RSET can follow");
    static final SmtpReply BINARY_NEEDS_CHUNKS = error(503, "5.5.1", "BODY=BINARYMIME needs BDAT, not DATA");
    static final SmtpReply TLS_ALREADY = error(503, "5.5.1", "TLS is on already");
    static final SmtpReply LOGGED_IN = error(503, "5.5.1", "already authenticated");
    static final SmtpReply NO_SUCH_MECHANISM = error(504, "5.5.4", "this mechanism is not offered");
    static final SmtpReply NOT_BASE64 = error(501, "5.5.2", "not Base64");
    static final SmtpReply CANCELLED = error(501, "5.7.0", "authentication was cancelled");
    static final SmtpReply TLS_FIRST = error(530, "5.7.0", "say STARTTLS first");
    static final SmtpReply LOGIN_FIRST = error(530, "5.7.0", "authentication is required");
    static final SmtpReply LOGIN_FAILED = error(535, "5.7.8", "name or password is wrong");
    static final SmtpReply LOGIN_OK = ok235();
    static final SmtpReply BARE_LINE_ENDS =
            error(550, "5.6.0", "a CR or LF stands alone in the message; lines end in CRLF (RFC 5321 section 2.3.8)");
    static final SmtpReply TOO_BIG = error(552, "5.3.4", "the message is larger than this server takes");
    static final SmtpReply UTF8_UNDECLARED = error(553, "5.6.7", "an address beyond ASCII needs SMTPUTF8");
    static final SmtpReply NO_PARAMETERS = error(555, "5.5.4", "parameters are for clients that say EHLO");
    static final SmtpReply PARAMETER_NOT_OFFERED = error(555, "5.5.4", "a parameter is not offered here");
    static final SmtpReply DELIVER_BY_TOO_SOON =
            error(555, "5.5.4", "the time of BY is shorter than what DELIVERBY tells");
    static final SmtpReply HOLD_IMPOSSIBLE =
            error(501, "5.5.4", "a message is held neither longer than FUTURERELEASE tells nor until the past");
    static final SmtpReply HELD_BEYOND_DEADLINE =
            error(501, "5.5.4", "the message would be held beyond the deadline of BY");
    static final SmtpReply LMTP_GREETING = error(500, "5.5.1", "this is LMTP, say LHLO");
    static final SmtpReply NOT_TRUSTED = error(550, "5.7.0", "XCLIENT is not for you");
    static final SmtpReply LOOP = error(554, "5.4.6", "too many hops, this is a loop");

    SmtpReply {
        lines = List.copyOf(lines);
    }

    static SmtpReply ok(String enhanced, String text) {
        return new SmtpReply(250, enhanced, List.of(text), Effect.NONE);
    }

    static SmtpReply error(int code, String enhanced, String text) {
        return new SmtpReply(code, enhanced, List.of(text), Effect.ERROR);
    }

    private static SmtpReply failure(int code, String enhanced, String text) {
        return new SmtpReply(code, enhanced, List.of(text), Effect.NONE);
    }

    private static SmtpReply ok235() {
        return new SmtpReply(235, "2.7.0", List.of("authenticated"), Effect.NONE);
    }

    /** The opening of a session (RFC 5321 §4.2, RFC 2033 §4). */
    static SmtpReply greeting(String hostname, String protocol) {
        return new SmtpReply(220, "", List.of(hostname + " " + protocol + " Wildpost"), Effect.NONE);
    }

    /** The same, but no error of the client's. */
    SmtpReply uncounted() {
        return effect == Effect.ERROR ? new SmtpReply(code, enhanced, lines, Effect.NONE) : this;
    }

    /** Puts a listener's answer on the wire. */
    static SmtpReply of(SmtpVerdict verdict, String enhanced, String accepted) {
        return switch (verdict) {
            case SmtpVerdict.Accept(String detail) ->
                ok(enhanced, detail.isEmpty() ? accepted : accepted + ": " + detail);
            case SmtpVerdict.Refuse(int code, String status, String text) -> error(code, status, text);
            case SmtpVerdict.Defer(int code, String status, String text) -> failure(code, status, text);
        };
    }

    /** The octets on the wire, as Latin-1. */
    String wire() {
        StringBuilder wire = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            wire.append(code).append(i < lines.size() - 1 ? '-' : ' ');
            if (!enhanced.isEmpty()) {
                wire.append(enhanced).append(' ');
            }
            lines.get(i).chars().map(c -> c < ' ' || c > '~' ? '?' : c).forEach(c -> wire.append((char) c));
            wire.append("\r\n");
        }
        return wire.toString();
    }
}
