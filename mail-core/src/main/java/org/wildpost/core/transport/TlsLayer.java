// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.wildpost.core.tls.ReloadingTls;

/**
 * Puts TLS on connections, TLS 1.2 and 1.3 (RFC 9325 §3.1.1). The handshake takes every certificate, and the verifier judges it afterwards: so it also judges
 * the one of a session that is resumed, which no trust manager ever sees. Safe for all threads.
 */
final class TlsLayer {
    /** Sessions that are kept for resumption; there are more hosts, but those that matter come back soon. */
    private static final int SESSIONS = 2_000;

    private final SSLContext anonymous;
    private final Map<ClientIdentity, SSLContext> named = new ConcurrentHashMap<>();

    TlsLayer() {
        try {
            anonymous = context(new KeyManager[0]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /**
     * Does the handshake as client.
     *
     * @param serverName for SNI, which is sent unless this is an address literal (RFC 6066 §3)
     * @return {@link TlsSighting.Secured} or {@link TlsSighting.Broken}
     */
    TlsSighting secure(
            Wire wire, String serverName, Optional<ClientIdentity> identity, Optional<PeerVerifier> verifier) {
        wire.enter(Stage.HANDSHAKE);
        try {
            SSLContext context = identity.isPresent() ? contextOf(identity.get()) : anonymous;
            SSLSocket socket = layer(context, wire.raw(), serverName);
            socket.startHandshake();
            wire.secured(socket);
            SSLSession session = socket.getSession();
            return new TlsSighting.Secured(session.getProtocol(), session.getCipherSuite(), verify(session, verifier));
        } catch (IOException e) {
            return new TlsSighting.Broken(wire.failure(e).fate().text());
        } catch (GeneralSecurityException e) {
            return new TlsSighting.Broken("this server's own certificate cannot be used: " + OneLine.of(e));
        }
    }

    private static SSLSocket layer(SSLContext context, Socket raw, String serverName) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, serverName, raw.getPort(), true);
        socket.setUseClientMode(true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(ReloadingTls.protocols());
        parameters.setServerNames(serverName.startsWith("[") ? List.of() : List.of(new SNIHostName(serverName)));
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static Verification verify(SSLSession session, Optional<PeerVerifier> verifier) throws IOException {
        if (verifier.isEmpty()) {
            return new Verification.Unasked();
        }
        Certificate[] presented = session.getPeerCertificates();
        X509Certificate[] chain = new X509Certificate[presented.length];
        for (int i = 0; i < presented.length; i++) {
            chain[i] = (X509Certificate) presented[i];
        }
        try {
            return verifier.get().verify(chain);
        } catch (RuntimeException e) {
            // Whatever a certificate did to the verifier, it did not prove anything.
            return new Verification.Rejected(Verification.Flaw.OTHER, OneLine.of(e));
        }
    }

    private SSLContext contextOf(ClientIdentity identity) throws GeneralSecurityException {
        SSLContext known = named.get(identity);
        if (known != null) {
            return known;
        }
        SSLContext made = context(new KeyManager[] {new OneIdentity(identity)});
        named.put(identity, made);
        return made;
    }

    private static SSLContext context(KeyManager[] keys) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new TakesAll()}, new SecureRandom());
        context.getClientSessionContext().setSessionCacheSize(SESSIONS);
        return context;
    }

    /** Leaves the judgement to the verifier. */
    private static final class TakesAll extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
