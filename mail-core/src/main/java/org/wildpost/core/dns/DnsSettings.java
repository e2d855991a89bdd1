// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Whom the resolver asks and what it believes.
 *
 * @param servers      recursive resolvers, asked in this order; never empty
 * @param timeLimit    of one question, with all that it takes to answer and prove it
 * @param proof        how answers are proved
 * @param trustAnchors the keys that everything is proved from, as DS or DNSKEY records in zone file format (RFC 1035 §5); used for
 *                     {@link Proof#IN_PROCESS} alone
 */
public record DnsSettings(List<InetSocketAddress> servers, Duration timeLimit, Proof proof, String trustAnchors) {
    /** Time limit of a question where nothing else is set. */
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(10);

    /** The two keys of the root zone: KSK-2017 and KSK-2024, as IANA publishes them (RFC 9718 §2). */
    public static final String ROOT_ANCHORS = """
            . IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D
            . IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16
            """;

    /** How the resolver learns whether an answer is secure (RFC 4035 §4.3). */
    public enum Proof {
        /** It checks signatures itself (RFC 4035 §5); the servers may be anybody's. */
        IN_PROCESS,
        /** It believes the AD bit of a validating server on the same host (RFC 4035 §4.9.3, RFC 6840 §5.7). */
        AD_BIT,
        /** Nothing is proved, so nothing is secure: for servers that lose signatures. */
        NONE
    }

    /**
     * @throws IllegalArgumentException when there is no server, or the AD bit of one on another host is to be believed: everybody on the way could set it
     */
    public DnsSettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("there is no DNS server to ask");
        }
        if (proof == Proof.AD_BIT && servers.stream().anyMatch(server -> !isLoopback(server))) {
            throw new IllegalArgumentException(
                    "the AD bit can be trusted only when all DNS servers are on loopback, and these are not: "
                            + servers);
        }
    }

    private static boolean isLoopback(InetSocketAddress server) {
        return server.getAddress() != null && server.getAddress().isLoopbackAddress();
    }
}
