// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.wildpost.core.sasl.ChannelBinding;

/** The TLS under a login, as this side of it knows it. */
record TlsBinding(SSLSession session) implements ChannelBinding {
    /** RFC 9266 §4. */
    private static final String LABEL = "EXPORTER-Channel-Binding";

    /** RFC 9266 §2. */
    private static final int EXPORTED_OCTETS = 32;

    private static final byte[] NO_CONTEXT = {};

    /** How the names of signature algorithms begin, such as {@code SHA384withECDSA}. */
    private static final Pattern HASH = Pattern.compile("(?:SHA-?(?<bits>1|224|256|384|512)|MD5)WITH.*");

    @Override
    public boolean offered() {
        return true;
    }

    @Override
    public Optional<byte[]> data(String type) {
        return switch (type) {
            case EXPORTER -> exported();
            case SERVER_END_POINT -> certificateHash();
            default -> Optional.empty();
        };
    }

    /** Before TLS 1.3 only where the keys are bound to the handshake (RFC 9266 §4.2, RFC 7627); the JDK refuses it elsewhere. */
    private Optional<byte[]> exported() {
        try {
            return session instanceof ExtendedSSLSession extended
                    ? Optional.of(extended.exportKeyingMaterialData(LABEL, NO_CONTEXT, EXPORTED_OCTETS))
                    : Optional.empty();
        } catch (SSLException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> certificateHash() {
        Certificate[] chain = session.getLocalCertificates();
        if (chain == null || chain.length == 0 || !(chain[0] instanceof X509Certificate certificate)) {
            return Optional.empty();
        }
        Optional<String> hash = hash(certificate.getSigAlgName());
        try {
            return hash.isPresent()
                    ? Optional.of(MessageDigest.getInstance(hash.get()).digest(certificate.getEncoded()))
                    : Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** The hash of the certificate's signature, SHA-256 in place of MD5 and SHA-1; not defined for others (RFC 5929 §4.1). */
    static Optional<String> hash(String signatureAlgorithm) {
        Matcher name = HASH.matcher(signatureAlgorithm.toUpperCase(Locale.ROOT));
        if (!name.matches()) {
            return Optional.empty();
        }
        String bits = name.group("bits");
        return Optional.of("SHA-" + (bits == null || bits.equals("1") ? "256" : bits));
    }
}
