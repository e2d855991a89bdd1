// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every command: where it may stand (RFC 9051 §6) and which document defines it. */
enum CommandName {
    CAPABILITY("CAPABILITY", Where.ANY, "RFC 9051 §6.1.1"),
    NOOP("NOOP", Where.ANY, "RFC 9051 §6.1.2"),
    LOGOUT("LOGOUT", Where.ANY, "RFC 9051 §6.1.3"),
    ID("ID", Where.ANY, "RFC 2971 §3.1"),

    STARTTLS("STARTTLS", Where.BEFORE_LOGIN, "RFC 9051 §6.2.1"),
    AUTHENTICATE("AUTHENTICATE", Where.BEFORE_LOGIN, "RFC 9051 §6.2.2"),
    LOGIN("LOGIN", Where.BEFORE_LOGIN, "RFC 9051 §6.2.3"),

    ENABLE("ENABLE", Where.AFTER_LOGIN, "RFC 9051 §6.3.1"),
    UNAUTHENTICATE("UNAUTHENTICATE", Where.AFTER_LOGIN, "RFC 8437 §2"),
    SELECT("SELECT", Where.AFTER_LOGIN, "RFC 9051 §6.3.2"),
    EXAMINE("EXAMINE", Where.AFTER_LOGIN, "RFC 9051 §6.3.3"),
    CREATE("CREATE", Where.AFTER_LOGIN, "RFC 9051 §6.3.4"),
    DELETE("DELETE", Where.AFTER_LOGIN, "RFC 9051 §6.3.5"),
    RENAME("RENAME", Where.AFTER_LOGIN, "RFC 9051 §6.3.6"),
    SUBSCRIBE("SUBSCRIBE", Where.AFTER_LOGIN, "RFC 9051 §6.3.7"),
    UNSUBSCRIBE("UNSUBSCRIBE", Where.AFTER_LOGIN, "RFC 9051 §6.3.8"),
    LIST("LIST", Where.AFTER_LOGIN, "RFC 9051 §6.3.9"),
    LSUB("LSUB", Where.AFTER_LOGIN, "RFC 3501 §6.3.9"),
    NAMESPACE("NAMESPACE", Where.AFTER_LOGIN, "RFC 9051 §6.3.10"),
    STATUS("STATUS", Where.AFTER_LOGIN, "RFC 9051 §6.3.11"),
    APPEND("APPEND", Where.AFTER_LOGIN, "RFC 9051 §6.3.12"),
    ESEARCH("ESEARCH", Where.AFTER_LOGIN, "RFC 7377 §2"),
    GETQUOTA("GETQUOTA", Where.AFTER_LOGIN, "RFC 9208 §4.1.1"),
    GETQUOTAROOT("GETQUOTAROOT", Where.AFTER_LOGIN, "RFC 9208 §4.1.2"),
    SETQUOTA("SETQUOTA", Where.AFTER_LOGIN, "RFC 9208 §4.1.3"),
    GETMETADATA("GETMETADATA", Where.AFTER_LOGIN, "RFC 5464 §4.2"),
    SETMETADATA("SETMETADATA", Where.AFTER_LOGIN, "RFC 5464 §4.3"),
    IDLE("IDLE", Where.AFTER_LOGIN, "RFC 9051 §6.3.13"),
    NOTIFY("NOTIFY", Where.AFTER_LOGIN, "RFC 5465 §3.1"),
    COMPRESS("COMPRESS", Where.AFTER_LOGIN, "RFC 4978 §3"),

    SETACL("SETACL", Where.AFTER_LOGIN, "RFC 4314 §3.1"),
    DELETEACL("DELETEACL", Where.AFTER_LOGIN, "RFC 4314 §3.2"),
    GETACL("GETACL", Where.AFTER_LOGIN, "RFC 4314 §3.3"),
    LISTRIGHTS("LISTRIGHTS", Where.AFTER_LOGIN, "RFC 4314 §3.4"),
    MYRIGHTS("MYRIGHTS", Where.AFTER_LOGIN, "RFC 4314 §3.5"),

    CHECK("CHECK", Where.SELECTED, "RFC 3501 §6.4.1"),
    CLOSE("CLOSE", Where.SELECTED, "RFC 9051 §6.4.1"),
    UNSELECT("UNSELECT", Where.SELECTED, "RFC 9051 §6.4.2"),
    EXPUNGE("EXPUNGE", Where.SELECTED, "RFC 9051 §6.4.3"),
    SEARCH("SEARCH", Where.SELECTED, "RFC 9051 §6.4.4"),
    SORT("SORT", Where.SELECTED, "RFC 5256 §3"),
    THREAD("THREAD", Where.SELECTED, "RFC 5256 §3"),
    CANCELUPDATE("CANCELUPDATE", Where.SELECTED, "RFC 5267 §4.3.5"),
    FETCH("FETCH", Where.SELECTED, "RFC 9051 §6.4.5"),
    STORE("STORE", Where.SELECTED, "RFC 9051 §6.4.6"),
    COPY("COPY", Where.SELECTED, "RFC 9051 §6.4.7"),
    MOVE("MOVE", Where.SELECTED, "RFC 9051 §6.4.8"),
    REPLACE("REPLACE", Where.SELECTED, "RFC 8508 §3.2"),
    UID_REPLACE("UID REPLACE", Where.SELECTED, "RFC 8508 §3.3"),
    UID_EXPUNGE("UID EXPUNGE", Where.SELECTED, "RFC 9051 §6.4.9"),
    UID_SEARCH("UID SEARCH", Where.SELECTED, "RFC 9051 §6.4.9"),
    UID_SORT("UID SORT", Where.SELECTED, "RFC 5256 §3"),
    UID_THREAD("UID THREAD", Where.SELECTED, "RFC 5256 §3"),
    UID_FETCH("UID FETCH", Where.SELECTED, "RFC 9051 §6.4.9"),
    UID_STORE("UID STORE", Where.SELECTED, "RFC 9051 §6.4.9"),
    UID_COPY("UID COPY", Where.SELECTED, "RFC 9051 §6.4.9"),
    UID_MOVE("UID MOVE", Where.SELECTED, "RFC 9051 §6.4.9"),

    /** What we do not know may stand everywhere, and is refused everywhere. */
    UNRECOGNISED("", Where.ANY, "RFC 9051 §6");

    /** The states of RFC 9051 §3 in which a command may stand. */
    enum Where {
        ANY,
        BEFORE_LOGIN,
        AFTER_LOGIN,
        SELECTED
    }

    private static final Map<String, CommandName> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toMap(CommandName::word, Function.identity()));

    private final String word;
    private final Where where;
    private final String reference;

    CommandName(String word, Where where, String reference) {
        this.word = word;
        this.where = where;
        this.reference = reference;
    }

    /** The command as it stands on the wire, in capitals. */
    String word() {
        return word;
    }

    /** The document and section that define it. */
    String reference() {
        return reference;
    }

    static Optional<CommandName> of(String word) {
        return word.isEmpty() ? Optional.empty() : Optional.ofNullable(BY_WORD.get(word));
    }

    boolean allowedIn(SessionState state) {
        return switch (where) {
            case ANY -> true;
            case BEFORE_LOGIN -> state instanceof SessionState.NotAuthenticated;
            case AFTER_LOGIN -> !(state instanceof SessionState.NotAuthenticated);
            case SELECTED -> state instanceof SessionState.Selected;
        };
    }

    /** Whether it takes or gives sequence numbers, so that UIDONLY refuses it (RFC 9586 §3). */
    boolean usesSequenceNumbers() {
        return switch (this) {
            case FETCH, STORE, SEARCH, SORT, THREAD, COPY, MOVE, REPLACE -> true;
            default -> false;
        };
    }

    /** Whether EXPUNGE responses may come before its end: not while the client counts in sequence numbers (RFC 9051 §7.5.1, RFC 5256 §3). */
    boolean allowsExpunge() {
        return switch (this) {
            case FETCH, STORE, SEARCH, SORT, THREAD -> false;
            default -> true;
        };
    }
}
