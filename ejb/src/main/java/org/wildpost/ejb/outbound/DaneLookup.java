// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.util.ArrayList;
import java.util.List;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.DnsAnswer;
import org.wildpost.core.dns.DnsResolver;
import org.wildpost.core.dns.TlsaRecord;
import org.wildpost.core.trust.TlsaSet;

/** Finds the TLSA records of a host (RFC 7672 §2.2). Safe for all threads. */
record DaneLookup(DnsResolver dns) {
    private static final int MAX_ALIASES = 8;

    /** What was found. */
    sealed interface Finding {
        /**
         * Records that DNSSEC proved.
         *
         * @param base    the TLSA base domain (RFC 7672 §2.2.3), for SNI and as first reference identifier
         * @param records perhaps none that can be used: then TLS must be, and nothing is verified
         */
        record Secure(DomainName base, TlsaSet records) implements Finding {}

        /** There are none, or nothing proves that the host is the right one. */
        record None() implements Finding {}

        /** Nobody knows; mail waits, and never goes as if there were none (RFC 7672 §2.1). */
        record Unknown(String reason) implements Finding {}
    }

    /**
     * The records of a host whose name was learnt securely.
     *
     * @param addressesSecure whether its addresses were proved, all aliases on the way included
     */
    Finding find(DomainName host, int port, boolean addressesSecure) {
        List<DomainName> bases = new ArrayList<>();
        if (addressesSecure) {
            String failure = expand(host, bases);
            if (!failure.isEmpty()) {
                return new Finding.Unknown(failure);
            }
        } else if (!isSecureAlias(host)) {
            // No TLSA question where nothing is signed: some servers there do not answer it (RFC 7672 §2.2.2).
            return new Finding.None();
        }
        bases.add(host);
        for (DomainName base : bases) {
            switch (dns.tlsa(base, port)) {
                case DnsAnswer.Found<TlsaRecord>(List<TlsaRecord> records, boolean secure, long _) -> {
                    if (secure) {
                        return new Finding.Secure(base, TlsaSet.of(records));
                    }
                }
                case DnsAnswer.None<TlsaRecord> _ -> {}
                case DnsAnswer.Failed<TlsaRecord>(String reason) -> {
                    return new Finding.Unknown("the TLSA records of " + base + " are not known: " + reason);
                }
            }
        }
        return new Finding.None();
    }

    /** Adds the name at the end of the aliases, if there are any: it comes before the host's own (RFC 7672 §2.2.2). Why that is not known, or nothing. */
    private String expand(DomainName host, List<DomainName> bases) {
        DomainName name = host;
        for (int aliases = 0; aliases < MAX_ALIASES; aliases++) {
            switch (dns.alias(name)) {
                case DnsAnswer.Found<DomainName>(List<DomainName> target, boolean _, long _) ->
                    name = target.getFirst();
                case DnsAnswer.None<DomainName> _ -> {
                    if (!name.equals(host)) {
                        bases.add(name);
                    }
                    return "";
                }
                case DnsAnswer.Failed<DomainName>(String reason) -> {
                    return "the alias of " + name + " is not known: " + reason;
                }
            }
        }
        return host + " has too many aliases";
    }

    /** The host is an alias in a signed zone, of a name in one that is not (RFC 7672 §2.2.2). */
    private boolean isSecureAlias(DomainName host) {
        return dns.alias(host) instanceof DnsAnswer.Found<DomainName> found && found.secure();
    }
}
