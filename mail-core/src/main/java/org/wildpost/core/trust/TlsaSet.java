// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.trust;

import java.util.List;
import java.util.Set;
import org.wildpost.core.dns.TlsaRecord;

/**
 * Those TLSA records of a host that can be used for SMTP (RFC 7672 §3.1): usages DANE-TA and DANE-EE; a selector and a digest that are known; of several digests
 * of the same thing the strongest alone (RFC 7671 §9).
 *
 * @param usable perhaps empty: then TLS must be, and nothing is verified (RFC 7672 §2.2)
 */
public record TlsaSet(List<TlsaRecord> usable) {
    /** Certificate usage: an authority of the domain's own (RFC 7672 §3.1.2). */
    static final int DANE_TA = 2;

    /** Certificate usage: the host's own certificate or key (RFC 7672 §3.1.1). */
    static final int DANE_EE = 3;

    /** Selector: the whole certificate (RFC 6698 §2.1.2). */
    static final int CERTIFICATE = 0;

    /** Selector: its public key (RFC 6698 §2.1.2). */
    static final int PUBLIC_KEY = 1;

    /** Matching type: the octets themselves (RFC 6698 §2.1.3). */
    static final int EXACT = 0;

    /** Matching type (RFC 6698 §2.1.3). */
    static final int SHA_256 = 1;

    /** Matching type (RFC 6698 §2.1.3). */
    static final int SHA_512 = 2;

    private static final int SHA_256_OCTETS = 32;
    private static final int SHA_512_OCTETS = 64;

    public TlsaSet {
        usable = List.copyOf(usable);
    }

    /** The usable ones of a host's records. */
    public static TlsaSet of(List<TlsaRecord> records) {
        Set<TlsaRecord> known =
                Set.copyOf(records.stream().filter(TlsaSet::isUsable).toList());
        return new TlsaSet(known.stream()
                .filter(record ->
                        record.matchingType() == EXACT || known.stream().noneMatch(other -> isStronger(other, record)))
                .sorted(java.util.Comparator.comparing(TlsaRecord::toString))
                .toList());
    }

    private static boolean isStronger(TlsaRecord other, TlsaRecord record) {
        return other.usage() == record.usage()
                && other.selector() == record.selector()
                && other.matchingType() > record.matchingType();
    }

    private static boolean isUsable(TlsaRecord record) {
        boolean usage = record.usage() == DANE_TA || record.usage() == DANE_EE;
        boolean selector = record.selector() == CERTIFICATE || record.selector() == PUBLIC_KEY;
        return usage
                && selector
                && switch (record.matchingType()) {
                    case EXACT -> record.data().length > 0;
                    case SHA_256 -> record.data().length == SHA_256_OCTETS;
                    case SHA_512 -> record.data().length == SHA_512_OCTETS;
                    default -> false;
                };
    }
}
