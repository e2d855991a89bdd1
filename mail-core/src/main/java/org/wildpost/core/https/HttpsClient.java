// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.https;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.DnsAnswer;
import org.wildpost.core.dns.DnsResolver;
import org.wildpost.core.mx.AddressOrder;
import org.wildpost.core.trust.Authorities;

/**
 * Asks one question over a connection of its own (HTTP/1.1, RFC 9112): the certificate must be the host's by public authorities (RFC 9110 §4.3.4), nothing is
 * followed, nothing is kept. Blocking; safe for all threads.
 */
public final class HttpsClient {
    /** Octets of a body that are read when nothing else is said. */
    public static final int DEFAULT_MAX_BODY = 64 * 1024;

    private static final int PORT = 443;
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final DnsResolver dns;
    private final SSLContext tls;
    private final Duration patience;
    private final int maxBody;

    /**
     * @param patience for all of a request
     * @param maxBody  octets of a body that are taken
     */
    public HttpsClient(DnsResolver dns, Authorities authorities, Duration patience, int maxBody) {
        this.dns = dns;
        this.tls = authorities.clientContext();
        this.patience = patience;
        this.maxBody = maxBody;
    }

    /** GET (RFC 9110 §9.3.1). */
    public HttpsAnswer get(URI uri) {
        return ask(uri, "GET", "", new byte[0]);
    }

    /** POST (RFC 9110 §9.3.3). */
    public HttpsAnswer post(URI uri, String contentType, byte[] body) {
        String fields = "Content-Type: " + contentType + "\r\nContent-Length: " + body.length + "\r\n";
        return ask(uri, "POST", fields, body);
    }

    private HttpsAnswer ask(URI uri, String method, String fields, byte[] body) {
        DomainName host;
        try {
            host = DomainName.parse(String.valueOf(uri.getHost()));
        } catch (AddressException e) {
            return new HttpsAnswer.Failed(HttpsAnswer.Stage.NAME, "'" + uri.getHost() + "' is not a host");
        }
        String head = method + " " + target(uri) + " HTTP/1.1\r\nHost: " + authority(uri, host)
                + "\r\nUser-Agent: Wildpost\r\nAccept: */*\r\nConnection: close\r\n" + fields + "\r\n";
        return switch (dns.addresses(host)) {
            case DnsAnswer.Found<InetAddress>(List<InetAddress> addresses, boolean _, long _) ->
                talk(host, AddressOrder.of(addresses, ThreadLocalRandom.current()), port(uri), head, body);
            case DnsAnswer.None<InetAddress> _ ->
                new HttpsAnswer.Failed(HttpsAnswer.Stage.NAME, host + " has no address");
            case DnsAnswer.Failed<InetAddress>(String reason) ->
                new HttpsAnswer.Failed(
                        HttpsAnswer.Stage.NAME, "the addresses of " + host + " are not known: " + reason);
        };
    }

    private HttpsAnswer talk(DomainName host, List<InetAddress> addresses, int port, String head, byte[] body) {
        long deadline = System.nanoTime() + patience.toNanos();
        String reason = host + " has no address that can be called";
        for (InetAddress address : addresses) {
            try (Socket socket = new Socket();
                    DeadlineGuard guard = new DeadlineGuard(socket, deadline)) {
                int wait = (int) Math.min(guard.left().toMillis(), CONNECT.toMillis());
                socket.connect(new InetSocketAddress(address, port), Math.max(wait, 1));
                return overTls(host, socket, port, head, body);
            } catch (IOException e) {
                reason = address.getHostAddress() + " port " + port + ": " + e.getMessage();
            }
        }
        return new HttpsAnswer.Failed(HttpsAnswer.Stage.CONNECT, line(reason));
    }

    private HttpsAnswer overTls(DomainName host, Socket plain, int port, String head, byte[] body) {
        boolean secure = false;
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, host.ascii(), port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setServerNames(List.of(new SNIHostName(host.ascii())));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            secure = true;
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            return new HttpReader(socket.getInputStream(), maxBody).read();
        } catch (IOException e) {
            HttpsAnswer.Stage stage = secure ? HttpsAnswer.Stage.ANSWER : HttpsAnswer.Stage.TLS;
            return new HttpsAnswer.Failed(stage, line(host + ": " + reason(e)));
        }
    }

    private static String reason(IOException fault) {
        Throwable root = fault;
        while (fault instanceof SSLException && root.getCause() != null && !(root instanceof CertificateException)) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static int port(URI uri) {
        return uri.getPort() < 0 ? PORT : uri.getPort();
    }

    private static String authority(URI uri, DomainName host) {
        return uri.getPort() < 0 ? host.ascii() : host.ascii() + ":" + uri.getPort();
    }

    private static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        return URI.create(target).toASCIIString();
    }
}
