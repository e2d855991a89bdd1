// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates in PEM (RFC 7468 §5). Stateless. */
public final class PemCertificates {
    private PemCertificates() {}

    /**
     * All certificates of a text; at least one.
     *
     * @throws IOException when there is none, or one that cannot be read
     */
    public static List<X509Certificate> parse(String text) throws IOException {
        try {
            List<X509Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (certificates.isEmpty()) {
                throw new IOException("there is no certificate in the text");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new IOException("there is no certificate that can be read in the text", e);
        }
    }
}
