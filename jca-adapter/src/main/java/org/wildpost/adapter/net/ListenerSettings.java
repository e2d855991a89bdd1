// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import java.time.Duration;
import org.wildpost.adapter.net.proxy.ProxyTrust;

/**
 * One port and what its clients may do before a session knows them.
 *
 * @param name          for logs and threads, such as {@code imaps}
 * @param bind          the address to listen on
 * @param port          the port; 0 takes a free one
 * @param implicitTls   whether TLS comes first (RFC 8314 §3)
 * @param refusal       the line for a client over the limits, with CRLF; said only where no TLS comes first
 * @param handshakeTime how long a whole TLS handshake may take
 * @param totalTime     how long a connection may live
 * @param writeTime     how long a client may let a write wait
 * @param proxies       who may say whose connection it is
 */
public record ListenerSettings(
        String name,
        String bind,
        int port,
        boolean implicitTls,
        String refusal,
        Duration handshakeTime,
        Duration totalTime,
        Duration writeTime,
        ProxyTrust proxies) {
    /** How long a TLS handshake may take. */
    public static final Duration HANDSHAKE_TIME = Duration.ofSeconds(30);

    /** How long a connection may live. */
    public static final Duration TOTAL_TIME = Duration.ofHours(24);

    /** How long a client may let a write wait: RFC 5321 §4.5.3.2 gives a peer five minutes for a command. */
    public static final Duration WRITE_TIME = Duration.ofMinutes(5);

    /** With the default times, and without proxies. */
    public ListenerSettings(String name, String bind, int port, boolean implicitTls, String refusal) {
        this(name, bind, port, implicitTls, refusal, HANDSHAKE_TIME, TOTAL_TIME, WRITE_TIME, ProxyTrust.NONE);
    }

    /** The same behind proxies. */
    public ListenerSettings behind(ProxyTrust trusted) {
        return new ListenerSettings(
                name, bind, port, implicitTls, refusal, handshakeTime, totalTime, writeTime, trusted);
    }
}
