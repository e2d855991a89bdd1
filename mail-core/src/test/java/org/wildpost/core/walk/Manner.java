// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.walk;

/** In which way a client wants to be spoken to. */
enum Manner {
    PLAIN(""),
    REV2("IMAP4rev2"),
    CONDSTORE("CONDSTORE"),
    QRESYNC("QRESYNC"),
    UIDONLY("UIDONLY"),
    UIDONLY_QRESYNC("UIDONLY QRESYNC IMAP4rev2");

    private final String extensions;

    Manner(String extensions) {
        this.extensions = extensions;
    }

    /** What ENABLE is sent with; nothing for none. */
    String extensions() {
        return extensions;
    }

    boolean uidsOnly() {
        return this == UIDONLY || this == UIDONLY_QRESYNC;
    }

    boolean resyncs() {
        return this == QRESYNC || this == UIDONLY_QRESYNC;
    }

    boolean vanishes() {
        return uidsOnly() || resyncs();
    }

    boolean tellsModSeqs() {
        return this == CONDSTORE || resyncs();
    }
}
