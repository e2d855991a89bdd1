// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.trust;

import java.util.Locale;
import java.util.Optional;

/** What an operator demands of TLS on a way out. */
public enum TlsLevel {
    /** It is not even tried. */
    NONE,
    /** When it is offered, with whatever certificate (RFC 7435 §3). */
    MAY,
    /** It must be, with whatever certificate. */
    ENCRYPT,
    /** It must be, with a certificate of a known authority for the right name (RFC 9525). */
    VERIFY,
    /** It must be, with a certificate that TLSA records prove (RFC 7672); a host without them gets no mail. */
    DANE;

    /** As settings write it, such as {@code encrypt}; of DANE {@code dane-only}. */
    public String text() {
        return this == DANE ? "dane-only" : name().toLowerCase(Locale.ROOT);
    }

    /** The level of that text. */
    public static Optional<TlsLevel> parse(String text) {
        for (TlsLevel level : values()) {
            if (level.text().equals(text)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
