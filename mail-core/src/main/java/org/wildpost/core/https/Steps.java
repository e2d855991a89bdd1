// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.https;

import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.protocol.HttpContext;

/** The library's way to a connection, which keeps in mind how far it came: its exceptions do not tell. For one exchange. */
final class Steps extends DefaultHttpClientConnectionOperator {
    private HttpsAnswer.Stage reached = HttpsAnswer.Stage.CONNECT;

    Steps(KnownAddresses addresses, TlsSocketStrategy tls) {
        super(null, addresses, scheme -> URIScheme.HTTPS.same(scheme) ? tls : null);
    }

    /** Where the exchange stands, or ended. */
    HttpsAnswer.Stage reached() {
        return reached;
    }

    @Override
    protected void onBeforeSocketConnect(HttpContext context, HttpHost host) {
        reached = HttpsAnswer.Stage.CONNECT;
    }

    @Override
    protected void onBeforeTlsHandshake(HttpContext context, HttpHost host) {
        reached = HttpsAnswer.Stage.TLS;
    }

    @Override
    protected void onAfterTlsHandshake(HttpContext context, HttpHost host) {
        reached = HttpsAnswer.Stage.ANSWER;
    }
}
