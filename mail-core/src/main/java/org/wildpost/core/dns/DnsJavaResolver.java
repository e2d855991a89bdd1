// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.wildpost.core.address.DomainName;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * {@link DnsResolver} by the library dnsjava: asks recursive servers, proves their answers (RFC 4035 §5), follows aliases over several messages, and
 * keeps what it learns. Works on virtual threads of its own, which {@link #close()} ends.
 */
public final class DnsJavaResolver implements DnsResolver, AutoCloseable {
    /** Aliases that are followed from one name, each of them a message that answered only in part. */
    static final int MAX_ALIASES = 8;

    private static final Logger LOG = System.getLogger(DnsJavaResolver.class.getName());
    private static final int MAX_REASON = 200;
    private static final long WARN_EVERY = Duration.ofMinutes(10).toNanos();

    private final DnsSettings settings;
    private final Clock clock = Clock.systemUTC();
    private final AnswerCache cache = new AnswerCache(clock);
    private final AtomicLong warned = new AtomicLong(System.nanoTime() - WARN_EVERY);
    private final ExecutorService threads;
    private final Resolver resolver;

    /**
     * @throws IllegalArgumentException when the trust anchors cannot be read
     */
    public DnsJavaResolver(DnsSettings settings) {
        this.settings = settings;
        this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .name("dns-", 0)
                .inheritInheritableThreadLocals(false)
                .factory());
        Upstream upstream = new Upstream(settings.servers(), threads);
        this.resolver = settings.proof() == DnsSettings.Proof.IN_PROCESS ? validating(upstream) : upstream;
    }

    private Resolver validating(Upstream upstream) {
        ValidatingResolver validator = new ValidatingResolver(upstream, clock);
        byte[] anchors = settings.trustAnchors().getBytes(StandardCharsets.US_ASCII);
        try {
            validator.loadTrustAnchors(new ByteArrayInputStream(anchors));
        } catch (IOException e) {
            throw new IllegalArgumentException("the DNSSEC trust anchors cannot be read: " + e.getMessage(), e);
        }
        if (validator.getTrustAnchors().items().isEmpty()) {
            throw new IllegalArgumentException("there is no DS or DNSKEY record in the DNSSEC trust anchors");
        }
        return validator;
    }

    @Override
    public DnsAnswer<MxRecord> mx(DomainName name) {
        return answer(name.ascii(), Type.MX, RecordTypes::mx);
    }

    @Override
    public DnsAnswer<InetAddress> addresses(DomainName name) {
        CompletableFuture<DnsAnswer<Record>> four = ask(name.ascii(), Type.A);
        CompletableFuture<DnsAnswer<Record>> six = ask(name.ascii(), Type.AAAA);
        return Families.together(
                RecordTypes.map(await(four), RecordTypes::address), RecordTypes.map(await(six), RecordTypes::address));
    }

    @Override
    public DnsAnswer<String> txt(String name) {
        return answer(name, Type.TXT, RecordTypes::text);
    }

    @Override
    public DnsAnswer<TlsaRecord> tlsa(DomainName host, int port) {
        return answer("_" + port + "._tcp." + host.ascii(), Type.TLSA, RecordTypes::tlsa);
    }

    @Override
    public DnsAnswer<DomainName> names(InetAddress address) {
        return answer(ReverseMap.fromAddress(address).toString(true), Type.PTR, RecordTypes::pointer);
    }

    @Override
    public DnsAnswer<DomainName> alias(DomainName name) {
        return answer(name.ascii(), Type.CNAME, RecordTypes::alias);
    }

    /** Ends all questions that are on their way; later ones fail. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private <T> DnsAnswer<T> answer(String name, int type, Function<Record, T> reader) {
        return RecordTypes.map(await(ask(name, type)), reader);
    }

    private CompletableFuture<DnsAnswer<Record>> ask(String name, int type) {
        return DnsQuestion.of(name, type)
                .map(question -> cache.ask(question, () -> begin(question)))
                .orElseGet(() -> CompletableFuture.completedFuture(new DnsAnswer.None<>(false, false)));
    }

    private DnsAnswer<Record> await(CompletableFuture<DnsAnswer<Record>> future) {
        try {
            return future.get(settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return late();
        } catch (ExecutionException e) {
            return new DnsAnswer.Failed<>(reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new DnsAnswer.Failed<>("interrupted");
        }
    }

    private CompletableFuture<AnswerCache.Fresh> begin(DnsQuestion question) {
        if (threads.isShutdown()) {
            return CompletableFuture.failedFuture(new IllegalStateException("the resolver is closed"));
        }
        return CompletableFuture.supplyAsync(() -> look(question), threads)
                .completeOnTimeout(
                        new AnswerCache.Fresh(late(), 0), settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
    }

    private DnsAnswer<Record> late() {
        return new DnsAnswer.Failed<>("no answer within " + settings.timeLimit().toSeconds() + " s");
    }

    /** Asks, and asks for the target of an alias where the message stopped there. */
    private AnswerCache.Fresh look(DnsQuestion question) {
        boolean secure = true;
        long ttl = AnswerReader.MAX_TTL;
        DnsQuestion now = question;
        for (int aliases = 0; aliases <= MAX_ALIASES; aliases++) {
            Message message;
            try {
                message = resolver.sendAsync(query(now), threads)
                        .toCompletableFuture()
                        .get(settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return new AnswerCache.Fresh(late(), 0);
            } catch (ExecutionException e) {
                return failed(question, reason(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return failed(question, "the resolver is closed");
            }
            secure = secure && proved(message);
            switch (AnswerReader.read(message, now, clock.instant())) {
                case AnswerReader.Reading.Records(var records, long left, boolean aliased) -> {
                    long kept = Math.min(ttl, left);
                    if (!aliased && question.type() != Type.CNAME) {
                        // Where records are there is no alias (RFC 1034 §3.6.2), and nobody need ask.
                        cache.learn(new DnsQuestion(now.name(), Type.CNAME), new DnsAnswer.None<>(true, secure), kept);
                    }
                    return new AnswerCache.Fresh(new DnsAnswer.Found<>(records, secure, kept), kept);
                }
                case AnswerReader.Reading.Nothing(boolean exists, long left) -> {
                    return new AnswerCache.Fresh(new DnsAnswer.None<>(exists, secure), Math.min(ttl, left));
                }
                case AnswerReader.Reading.Broken(String reason) -> {
                    return failed(question, reason);
                }
                case AnswerReader.Reading.Alias(var target, long left) -> {
                    ttl = Math.min(ttl, left);
                    now = new DnsQuestion(target, question.type());
                }
            }
        }
        return failed(question, "too many aliases");
    }

    private Message query(DnsQuestion question) {
        Message query = Message.newQuery(Record.newRecord(question.name(), question.type(), DClass.IN));
        if (settings.proof() == DnsSettings.Proof.AD_BIT) {
            query.getHeader().setFlag(Flags.AD);
        }
        return query;
    }

    private boolean proved(Message message) {
        return settings.proof() != DnsSettings.Proof.NONE && message.getHeader().getFlag(Flags.AD);
    }

    private AnswerCache.Fresh failed(DnsQuestion question, String why) {
        String reason = why.length() > MAX_REASON ? why.substring(0, MAX_REASON) : why;
        long now = System.nanoTime();
        long before = warned.get();
        boolean warn = now - before >= WARN_EVERY && warned.compareAndSet(before, now);
        LOG.log(warn ? Level.WARNING : Level.DEBUG, () -> "No answer for " + question + ": " + reason);
        return new AnswerCache.Fresh(new DnsAnswer.Failed<>(reason), 0);
    }

    private static String reason(ExecutionException fault) {
        Throwable cause = fault.getCause();
        while (cause != null && cause.getCause() != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause == null ? "failed" : String.valueOf(cause.getMessage()).replaceAll("[\\r\\n]+", " ");
    }
}
