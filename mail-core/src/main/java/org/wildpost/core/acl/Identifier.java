// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.acl;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Whom an entry of an access control list is about (RFC 4314 §2).
 *
 * @param negative whether its rights are taken away
 * @param address  an account's, in lower case; empty for {@code anyone}, which is every account of this server
 */
public record Identifier(boolean negative, Optional<String> address) {
    /** Everybody. */
    public static final String ANYONE = "anyone";

    /** Everybody, to whom something is given. */
    public static final Identifier EVERYBODY = new Identifier(false, Optional.empty());

    /** An account to which something is given. */
    public static Identifier account(String address) {
        return new Identifier(false, Optional.of(address.toLowerCase(Locale.ROOT)));
    }

    /** From the wire; empty when it names nobody, or has characters that no identifier has (RFC 4314 §3). */
    public static Optional<Identifier> parse(String text) {
        String prepared = Normalizer.normalize(text, Normalizer.Form.NFKC);
        boolean negative = prepared.startsWith("-");
        String name = negative ? prepared.substring(1) : prepared;
        if (name.isBlank() || name.codePoints().anyMatch(Identifier::isForbidden)) {
            return Optional.empty();
        }
        return Optional.of(
                name.equals(ANYONE)
                        ? new Identifier(negative, Optional.empty())
                        : new Identifier(negative, Optional.of(name.toLowerCase(Locale.ROOT))));
    }

    private static boolean isForbidden(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.SURROGATE
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** As it stands on the wire. */
    public String text() {
        return (negative ? "-" : "") + address.orElse(ANYONE);
    }

    @Override
    public String toString() {
        return text();
    }
}
