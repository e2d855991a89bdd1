// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dkim;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;

/**
 * Who makes signatures: the native library of the Amazon Corretto Crypto Provider where there is one for this machine, for an RSA signature is the most
 * costly step of a message's way out and takes it a third of the JDK's time; else the JDK. Both accept keys of both. Safe for all threads.
 */
final class SigningProvider {
    private static final Logger LOG = System.getLogger(SigningProvider.class.getName());

    private static final Optional<Provider> NATIVE = load();

    private SigningProvider() {}

    static KeyFactory keyFactory(String algorithm) throws GeneralSecurityException {
        return offers("KeyFactory", algorithm)
                ? KeyFactory.getInstance(algorithm, NATIVE.orElseThrow())
                : KeyFactory.getInstance(algorithm);
    }

    static Signature signature(String algorithm) throws GeneralSecurityException {
        return offers("Signature", algorithm)
                ? Signature.getInstance(algorithm, NATIVE.orElseThrow())
                : Signature.getInstance(algorithm);
    }

    private static boolean offers(String service, String algorithm) {
        return NATIVE.isPresent() && NATIVE.get().getService(service, algorithm) != null;
    }

    private static Optional<Provider> load() {
        try {
            AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
            Throwable fault = provider.getLoadingError();
            if (fault == null) {
                return Optional.of(provider);
            }
            LOG.log(Level.INFO, () -> "Signatures are made by the JDK, which takes longer: " + fault);
        } catch (LinkageError e) {
            LOG.log(Level.INFO, () -> "Signatures are made by the JDK, which takes longer: " + e);
        }
        return Optional.empty();
    }
}
