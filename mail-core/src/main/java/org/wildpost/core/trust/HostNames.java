// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.trust;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.mx.AddressLiteral;

/** The names of a host in its certificate: subject alternative names alone, the common name never counts (RFC 9525 §2). Stateless. */
public final class HostNames {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private HostNames() {}

    /** Whether the certificate is for one of these names or address literals. */
    public static boolean anyMatches(X509Certificate certificate, Collection<DomainName> references) {
        List<String> presented = dnsNames(certificate);
        return references.stream()
                .anyMatch(reference -> AddressLiteral.isLiteral(reference)
                        ? hasAddress(certificate, reference)
                        : presented.stream().anyMatch(name -> matches(name, reference)));
    }

    /**
     * Whether a presented name stands for the reference (RFC 9525 §6.3): equal without case, or with {@code *} as its whole first label in the place of exactly one
     * label. A wildcard directly below a top-level domain stands for nothing.
     */
    public static boolean matches(String presented, DomainName reference) {
        String pattern = presented.toLowerCase(Locale.ROOT);
        if (!pattern.startsWith("*.")) {
            return pattern.equals(reference.ascii());
        }
        String parent = pattern.substring(1);
        String name = reference.ascii();
        int dot = name.indexOf('.');
        return dot > 0 && parent.indexOf('.', 1) > 0 && name.substring(dot).equals(parent);
    }

    /** The DNS names that a certificate is for. */
    public static List<String> dnsNames(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        alternatives(certificate, DNS).forEach(value -> names.add((String) value));
        return names;
    }

    private static boolean hasAddress(X509Certificate certificate, DomainName reference) {
        Optional<InetAddress> wanted = AddressLiteral.read(reference);
        return wanted.isPresent()
                && alternatives(certificate, ADDRESS).stream()
                        .anyMatch(value -> InetAddress.ofLiteral((String) value).equals(wanted.get()));
    }

    private static List<Object> alternatives(X509Certificate certificate, int kind) {
        List<Object> values = new ArrayList<>();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                for (List<?> name : names) {
                    if (name.get(0).equals(kind) && name.get(1) instanceof String) {
                        values.add(name.get(1));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            // What cannot be read names nobody.
            return List.of();
        }
        return values;
    }
}
