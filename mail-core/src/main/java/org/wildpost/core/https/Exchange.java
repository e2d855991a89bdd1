// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.https;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/**
 * One request and its answer over a connection of their own. The library follows, repeats, unpacks, remembers and reuses nothing here, and knows no proxy. For one use and one
 * thread.
 */
final class Exchange {
    /** Octets of the status line, of a field, and of the line of a chunk. */
    static final int MAX_LINE = 8 * 1024;

    /** Fields of an answer. */
    static final int MAX_FIELDS = 64;

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpHost host;
    private final HttpUriRequestBase request;
    private final int maxBody;
    private final Steps steps;

    /**
     * @param addresses of the host, in the order in which they are called
     * @param maxBody   octets of a body that are taken
     */
    Exchange(
            HttpHost host,
            HttpUriRequestBase request,
            List<InetAddress> addresses,
            TlsSocketStrategy tls,
            int maxBody) {
        this.host = host;
        this.request = request;
        this.maxBody = maxBody;
        this.steps = new Steps(new KnownAddresses(addresses), tls);
    }

    /**
     * Does it all.
     *
     * @param patience for all of it
     */
    HttpsAnswer run(Duration patience) {
        Duration left = patience.isPositive() ? patience : Duration.ofMillis(1);
        try (DeadlineGuard guard = new DeadlineGuard(request, System.nanoTime() + left.toNanos());
                CloseableHttpClient client = client(left)) {
            try (ClassicHttpResponse response = client.executeOpen(host, request, null)) {
                return read(response);
            } catch (IOException | IllegalStateException e) {
                // The library takes it for a mistake of ours when it is cancelled between two of its steps.
                String reason = guard.late() ? "it took longer than " + seconds(left) + " s" : reason(e);
                return new HttpsAnswer.Failed(steps.reached(), line(host.getHostName() + ": " + reason));
            }
        } catch (IOException e) {
            return new HttpsAnswer.Failed(steps.reached(), line(host.getHostName() + ": " + reason(e)));
        }
    }

    private HttpsAnswer.Response read(ClassicHttpResponse response) throws IOException {
        try {
            return new HttpsAnswer.Response(response.getCode(), mediaType(response), body(response.getEntity()));
        } finally {
            // The connection is cut, for it is not used again: who closes TLS politely may wait for the other side.
            request.cancel();
        }
    }

    private CloseableHttpClient client(Duration patience) {
        Http1Config limits = Http1Config.custom()
                .setMaxLineLength(MAX_LINE)
                .setMaxHeaderCount(MAX_FIELDS)
                .build();
        BasicHttpClientConnectionManager connections = new BasicHttpClientConnectionManager(
                steps,
                ManagedHttpClientConnectionFactory.builder().http1Config(limits).build());
        connections.setConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(timeout(patience.compareTo(CONNECT) < 0 ? patience : CONNECT))
                .setSocketTimeout(timeout(patience))
                .build());
        return HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setRoutePlanner(new DefaultRoutePlanner(null))
                .setConnectionReuseStrategy((asked, answered, context) -> false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("Wildpost")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    private static Timeout timeout(Duration time) {
        return Timeout.of(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
    }

    private static String mediaType(ClassicHttpResponse response) {
        Header field = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
        String type = field == null ? "" : field.getValue();
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private byte[] body(HttpEntity entity) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        if (entity.getContentLength() > maxBody) {
            throw tooLarge();
        }
        InputStream content = entity.getContent();
        byte[] body = content.readNBytes(maxBody + 1);
        if (body.length > maxBody) {
            throw tooLarge();
        }
        return body;
    }

    private IOException tooLarge() {
        return new IOException("the answer has more than " + maxBody + " octets");
    }

    private static String seconds(Duration time) {
        return String.valueOf(Math.max(1, time.toSeconds()));
    }

    /** The innermost cause says most. */
    private static String reason(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
