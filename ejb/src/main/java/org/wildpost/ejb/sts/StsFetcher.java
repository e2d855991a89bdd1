// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.sts;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.https.HttpsAnswer;
import org.wildpost.core.https.HttpsClient;
import org.wildpost.core.sts.StsPolicy;
import org.wildpost.core.sts.StsRecord;
import org.wildpost.core.tlsreport.ResultType;

/** Fetches a policy over HTTPS (RFC 8461 §3.3): status 200 alone, no redirects, {@code text/plain}, a good certificate, limits on size and time. Safe for all threads. */
final class StsFetcher {
    private static final int OK = 200;

    private final HttpsClient https;
    private final int port;

    /**
     * @param port 443 but for tests
     */
    StsFetcher(HttpsClient https, int port) {
        this.https = https;
        this.port = port;
    }

    /** The policy, or why it cannot be had. */
    StsFinding fetch(DomainName domain) {
        URI uri = URI.create("https://" + StsRecord.host(domain) + (port == 443 ? "" : ":" + port) + StsPolicy.PATH);
        return switch (https.get(uri)) {
            case HttpsAnswer.Failed(HttpsAnswer.Stage stage, String reason) ->
                new StsFinding.Unreachable(
                        stage == HttpsAnswer.Stage.TLS
                                ? ResultType.STS_WEBPKI_INVALID
                                : ResultType.STS_POLICY_FETCH_ERROR,
                        reason);
            case HttpsAnswer.Response(int status, String contentType, byte[] body) -> {
                if (status != OK) {
                    yield new StsFinding.Unreachable(ResultType.STS_POLICY_FETCH_ERROR, "status " + status);
                }
                if (!contentType.equals("text/plain")) {
                    yield invalid("the policy is not text/plain");
                }
                Optional<StsPolicy> policy = StsPolicy.parse(new String(body, StandardCharsets.UTF_8));
                yield policy.<StsFinding>map(StsFinding.Published::new)
                        .orElseGet(() -> invalid("the policy is malformed"));
            }
        };
    }

    private static StsFinding invalid(String reason) {
        return new StsFinding.Unreachable(ResultType.STS_POLICY_INVALID, reason);
    }
}
