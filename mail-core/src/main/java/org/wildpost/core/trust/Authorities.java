// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.transport.Verification;
import org.wildpost.core.transport.Verification.Flaw;

/** The certificate authorities that are believed (RFC 5280 §6). Two are equal when they are the same object. Safe for all threads. */
public final class Authorities {
    /** The key exchange is not known any more when a chain is judged, and since TLS 1.3 it does not matter. */
    private static final String ANY_KEY_EXCHANGE = "UNKNOWN";

    private final X509TrustManager manager;

    private Authorities(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        this.manager = (X509TrustManager) factory.getTrustManagers()[0];
    }

    /** Those of the JDK, or of the trust store that {@code javax.net.ssl.trustStore} names. */
    public static Authorities ofThePlatform() {
        try {
            return new Authorities(null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the trust store of the JDK cannot be read", e);
        }
    }

    /** These and no other. */
    public static Authorities of(Collection<X509Certificate> certificates) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (X509Certificate certificate : certificates) {
                store.setCertificateEntry("authority" + number++, certificate);
            }
            return new Authorities(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key store in memory cannot be made", e);
        }
    }

    /** Why the chain leads to none of them at this moment; empty when it does. */
    public Optional<Verification.Rejected> problem(X509Certificate[] chain) {
        try {
            manager.checkServerTrusted(chain, ANY_KEY_EXCHANGE);
            return Optional.empty();
        } catch (CertificateException e) {
            Flaw flaw = flaw(e);
            return Optional.of(new Verification.Rejected(
                    flaw,
                    switch (flaw) {
                        case EXPIRED -> "the certificate expired";
                        case NOT_TRUSTED -> "no known authority stands behind the certificate";
                        default -> OneLine.of("the certificate is not valid: ", e);
                    }));
        }
    }

    /** TLS as a client that believes these. */
    public SSLContext clientContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    static Flaw flaw(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException
                    || cause instanceof CertPathValidatorException path && path.getReason() == BasicReason.EXPIRED) {
                return Flaw.EXPIRED;
            }
        }
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return Flaw.NOT_TRUSTED;
            }
        }
        return Flaw.OTHER;
    }
}
