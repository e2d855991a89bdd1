// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a client must enable before it is spoken to in another way (RFC 5161 §3.1), by ENABLE or by using it. */
enum Extension {
    IMAP4REV2("IMAP4rev2", true, "RFC 9051 §6.3.1"),
    UTF8_ACCEPT("UTF8=ACCEPT", true, "RFC 6855 §3"),
    CONDSTORE("CONDSTORE", true, "RFC 7162 §3.1.8"),
    QRESYNC("QRESYNC", true, "RFC 7162 §3.2.3"),
    UIDONLY("UIDONLY", true, "RFC 9586 §3");

    private final String word;
    private final boolean offered;
    private final String reference;

    Extension(String word, boolean offered, String reference) {
        this.word = word;
        this.offered = offered;
        this.reference = reference;
    }

    /** As it stands on the wire. */
    String word() {
        return word;
    }

    /** The document and section that says how it is enabled. */
    String reference() {
        return reference;
    }

    /** One that can be enabled; what is not known is passed over by ENABLE (RFC 5161 §3.1). */
    static Optional<Extension> of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.offered && one.word.equalsIgnoreCase(word))
                .findFirst();
    }

    /** Whether names and texts are UTF-8 with these enabled. */
    static boolean speaksUtf8(Set<Extension> enabled) {
        return enabled.contains(IMAP4REV2) || enabled.contains(UTF8_ACCEPT);
    }

    static EnumSet<Extension> none() {
        return EnumSet.noneOf(Extension.class);
    }
}
