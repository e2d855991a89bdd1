// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.https;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.DnsAnswer;
import org.wildpost.core.dns.DnsResolver;
import org.wildpost.core.mx.AddressOrder;
import org.wildpost.core.tls.ReloadingTls;
import org.wildpost.core.trust.Authorities;

/**
 * Asks one question over a connection of its own (HTTP/1.1, RFC 9112): the certificate must be the host's by public authorities (RFC 9110 §4.3.4), TLS is 1.2 at least,
 * nothing is followed, nothing is kept. Always speaks TLS, whatever the scheme. Blocking; safe for all threads.
 */
public final class HttpsClient {
    /** Octets of a body that are read when nothing else is said. */
    public static final int DEFAULT_MAX_BODY = 64 * 1024;

    private static final int PORT = 443;

    private final DnsResolver dns;
    private final TlsSocketStrategy tls;
    private final Duration patience;
    private final int maxBody;

    /**
     * @param patience for all of a request, the question for addresses not counted, which has limits of its own
     * @param maxBody  octets of a body that are taken
     */
    public HttpsClient(DnsResolver dns, Authorities authorities, Duration patience, int maxBody) {
        this.dns = dns;
        this.tls = new DefaultClientTlsStrategy(
                authorities.clientContext(),
                ReloadingTls.protocols(),
                null,
                SSLBufferMode.STATIC,
                HostnameVerificationPolicy.BUILTIN,
                null);
        this.patience = patience;
        this.maxBody = maxBody;
    }

    /** GET (RFC 9110 §9.3.1). */
    public HttpsAnswer get(URI uri) {
        return ask(uri, new HttpGet(uri));
    }

    /** POST (RFC 9110 §9.3.3). */
    public HttpsAnswer post(URI uri, String contentType, byte[] body) {
        HttpPost request = new HttpPost(uri);
        request.setEntity(new ByteArrayEntity(body, ContentType.create(contentType)));
        return ask(uri, request);
    }

    private HttpsAnswer ask(URI uri, HttpUriRequestBase request) {
        DomainName name;
        try {
            name = DomainName.parse(String.valueOf(uri.getHost()));
        } catch (AddressException e) {
            return new HttpsAnswer.Failed(HttpsAnswer.Stage.NAME, "'" + uri.getHost() + "' is not a host");
        }
        HttpHost host = new HttpHost(URIScheme.HTTPS.id, name.ascii(), uri.getPort() < 0 ? PORT : uri.getPort());
        return switch (dns.addresses(name)) {
            case DnsAnswer.Found<InetAddress>(List<InetAddress> addresses, boolean _, long _) -> {
                List<InetAddress> ordered = AddressOrder.of(addresses, ThreadLocalRandom.current());
                yield ordered.isEmpty()
                        ? new HttpsAnswer.Failed(HttpsAnswer.Stage.CONNECT, name + " has no address that can be called")
                        : new Exchange(host, request, ordered, tls, maxBody).run(patience);
            }
            case DnsAnswer.None<InetAddress> _ ->
                new HttpsAnswer.Failed(HttpsAnswer.Stage.NAME, name + " has no address");
            case DnsAnswer.Failed<InetAddress>(String reason) ->
                new HttpsAnswer.Failed(
                        HttpsAnswer.Stage.NAME, "the addresses of " + name + " are not known: " + reason);
        };
    }
}
