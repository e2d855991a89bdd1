// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TSIG;

/** The servers as the library wants them: asked in order, each again when none answered. What a server cannot answer is asked of the next. Safe for all threads. */
final class Upstream implements Resolver {
    /** How long a server is waited for, the first time and the second. */
    static final List<Duration> PATIENCE = List.of(Duration.ofSeconds(2), Duration.ofSeconds(4));

    private final List<InetSocketAddress> servers;
    private final Executor threads;
    private final DnsExchange exchange = new DnsExchange();

    Upstream(List<InetSocketAddress> servers, Executor threads) {
        this.servers = List.copyOf(servers);
        this.threads = threads;
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query) {
        return sendAsync(query, threads);
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
        return CompletableFuture.supplyAsync(() -> ask(query), executor);
    }

    private Message ask(Message query) {
        @Nullable Message unhappy = null;
        @Nullable IOException failure = null;
        for (Duration patience : PATIENCE) {
            for (InetSocketAddress server : servers) {
                try {
                    Message answer = exchange.ask(server, query, patience);
                    if (isAnswer(answer)) {
                        return answer;
                    }
                    unhappy = answer;
                } catch (IOException e) {
                    failure = new IOException(
                            text(server) + ": " + (e.getMessage() == null ? "not reached" : e.getMessage()), e);
                }
            }
            if (unhappy != null) {
                // A server that says no says it again; only silence is worth another try.
                return unhappy;
            }
        }
        throw new CompletionException(failure);
    }

    private static String text(InetSocketAddress server) {
        return server.getAddress().getHostAddress() + " port " + server.getPort();
    }

    private static boolean isAnswer(Message answer) {
        int code = answer.getRcode();
        return code == Rcode.NOERROR || code == Rcode.NXDOMAIN;
    }

    @Override
    public void setPort(int port) {
        throw new UnsupportedOperationException("each server has its port");
    }

    @Override
    public void setTCP(boolean flag) {
        throw new UnsupportedOperationException("TCP is used when it is needed");
    }

    /** Truncation is never ignored. */
    @Override
    public void setIgnoreTruncation(boolean flag) {}

    /** EDNS is the same for all questions: {@link DnsExchange#EDNS_SIZE}, and signatures wanted. */
    @Override
    public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {}

    @Override
    public void setTSIGKey(TSIG key) {
        throw new UnsupportedOperationException("questions are not signed");
    }

    /** The time limit is that of the whole question. */
    @Override
    public void setTimeout(Duration timeout) {}
}
