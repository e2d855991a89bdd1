// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.ejb.outbound.Attempt;
import org.wildpost.ejb.outbound.Courier;
import org.wildpost.ejb.outbound.Shipment;

/** A courier that carries nowhere: it notes what it is given and answers as it is told. */
final class FakeCourier implements Courier {
    static final Attempt.Delivered TAKEN = new Attempt.Delivered("2.0.0", "250 2.0.0 taken", false, true);
    static final Attempt.Failed UNKNOWN = new Attempt.Failed("5.1.1", "550 5.1.1 no such mailbox");
    static final Attempt.Deferred FULL =
            new Attempt.Deferred("4.2.2", "452 4.2.2 mailbox full", Attempt.Scope.RECIPIENT);
    static final Attempt.Deferred NOBODY = new Attempt.Deferred("4.4.1", "nobody answers", Attempt.Scope.DESTINATION);

    final List<Shipment> shipments = new CopyOnWriteArrayList<>();
    final Map<String, AtomicInteger> taken = new ConcurrentHashMap<>();
    final Set<String> underWay = ConcurrentHashMap.newKeySet();
    final Set<String> twice = ConcurrentHashMap.newKeySet();
    final AtomicInteger stuck = new AtomicInteger();
    volatile Function<ForwardPath, Attempt.Outcome> answer = path -> TAKEN;
    volatile Function<String, Optional<CountDownLatch>> gate = destination -> Optional.empty();
    final List<String> texts = new CopyOnWriteArrayList<>();
    volatile boolean noting = true;
    volatile boolean reading;

    @Override
    public List<Attempt> carry(Shipment shipment) {
        if (noting) {
            shipments.add(shipment);
        }
        if (reading) {
            texts.add(text(shipment));
        }
        for (ForwardPath path : shipment.recipients()) {
            if (!underWay.add(shipment.id() + path.address())) {
                twice.add(shipment.id() + path.address());
            }
        }
        gate.apply(shipment.destination().ascii()).ifPresent(this::stand);
        List<Attempt> attempts =
                shipment.recipients().stream().map(this::attempt).toList();
        for (int i = 0; i < attempts.size(); i++) {
            String key = shipment.id() + shipment.recipients().get(i).address();
            underWay.remove(key);
            if (attempts.get(i).outcome() instanceof Attempt.Delivered) {
                taken.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
            }
        }
        return attempts;
    }

    private void stand(CountDownLatch latch) {
        stuck.incrementAndGet();
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stuck.decrementAndGet();
        }
    }

    private Attempt attempt(ForwardPath path) {
        return new Attempt(
                Instant.parse("2026-01-01T00:00:00Z"),
                Duration.ofMillis(7),
                Optional.of("mx." + path.address().domain()),
                Optional.of("192.0.2.1:25"),
                Optional.of(new Attempt.Tls("TLSv1.3", "TLS_AES_128_GCM_SHA256", "dane")),
                "dane",
                answer.apply(path));
    }

    /** Recipients in the order in which they were carried. */
    List<String> carried() {
        return shipments.stream()
                .flatMap(shipment -> shipment.recipients().stream())
                .map(path -> path.address().toString())
                .toList();
    }

    static String text(Shipment shipment) {
        try (InputStream in = shipment.octets().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
