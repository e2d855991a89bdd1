// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the operator set for outgoing mail, as system properties {@code wildpost.queue.*}, checked once at the start. An empty property counts as
 * none. Immutable.
 */
@ApplicationScoped
public class QueueSettings {
    /** Shipments that a node carries at once, when nothing is set. */
    public static final int DEFAULT_IN_FLIGHT = 500;

    /** Shipments that a node carries at once to one destination. */
    public static final int DEFAULT_PER_DESTINATION = 20;

    /** Percent of all shipments that may be under way to destinations where nobody has answered yet or any more. */
    public static final int DEFAULT_DOUBTFUL_PERCENT = 50;

    /** Mebioctets of small messages that are kept at hand between their arrival and their first try. */
    public static final int DEFAULT_MEMORY_MIB = 32;

    /** How long to wait after the first, second, ... try; the last one for all that follow. */
    public static final String DEFAULT_RETRIES = "5m,10m,20m,40m,1h,2h,3h,4h";

    /** How long it is tried before it goes back (RFC 5321 §4.5.4.1 wants 4 to 5 days at least). */
    public static final String DEFAULT_LIFETIME = "5d";

    /** After how long the sender is told that it is late. */
    public static final String DEFAULT_DELAY_NOTICE = "4h";

    /** For how many days the record of a delivery is kept. */
    public static final int DEFAULT_RECORD_DAYS = 30;

    /** Octets of a message that goes back whole when RET=FULL was asked; a larger one goes back as its header. */
    public static final int DEFAULT_RETURN_LIMIT = 100 * 1024;

    /** How long the end of the server waits for shipments that are under way. */
    public static final String DEFAULT_DRAIN = "20s";

    private final Function<String, @Nullable String> properties;
    private final int inFlight;
    private final int perDestination;
    private final int doubtful;
    private final long memory;
    private final List<Duration> retries;
    private final Duration lifetime;
    private final Duration delayNotice;
    private final Duration recordsKept;
    private final int returnLimit;
    private final Duration drain;
    private final String nodeName;

    /** From the system's properties. */
    public QueueSettings() {
        this(System::getProperty);
    }

    QueueSettings(Function<String, @Nullable String> properties) {
        this.properties = properties;
        inFlight = number("wildpost.queue.in.flight", DEFAULT_IN_FLIGHT, 100_000);
        perDestination = number("wildpost.queue.per.destination", DEFAULT_PER_DESTINATION, 10_000);
        int percent = number("wildpost.queue.doubtful.percent", DEFAULT_DOUBTFUL_PERCENT, 100);
        doubtful = Math.max(1, (int) ((long) inFlight * percent / 100));
        memory = number("wildpost.queue.memory.mib", DEFAULT_MEMORY_MIB, 100_000) * 1024L * 1024L;
        retries = durations("wildpost.queue.retries", DEFAULT_RETRIES);
        lifetime = durations("wildpost.queue.lifetime", DEFAULT_LIFETIME).getFirst();
        delayNotice =
                durations("wildpost.queue.delay.notice", DEFAULT_DELAY_NOTICE).getFirst();
        recordsKept = Duration.ofDays(number("wildpost.queue.record.days", DEFAULT_RECORD_DAYS, 36_500));
        returnLimit = number("wildpost.queue.return.limit", DEFAULT_RETURN_LIMIT, 100 * 1024 * 1024);
        drain = durations("wildpost.queue.drain", DEFAULT_DRAIN).getFirst();
        String host = text("jboss.node.name").orElseGet(QueueSettings::ownHostname);
        nodeName = text("wildpost.data")
                .map(data -> NodeName.of(host, Path.of(data)))
                .orElse(host);
    }

    /** Shipments that a node carries at once. */
    int inFlight() {
        return inFlight;
    }

    /** Shipments that a node carries at once to one destination. */
    int perDestination() {
        return perDestination;
    }

    /** Shipments that may be under way to destinations where nobody has answered. */
    int doubtful() {
        return doubtful;
    }

    /** Octets of small messages that are kept at hand. */
    long memory() {
        return memory;
    }

    /** Never empty. */
    List<Duration> retries() {
        return retries;
    }

    Duration lifetime() {
        return lifetime;
    }

    Duration delayNotice() {
        return delayNotice;
    }

    Duration recordsKept() {
        return recordsKept;
    }

    /** Octets. */
    int returnLimit() {
        return returnLimit;
    }

    Duration drain() {
        return drain;
    }

    /** The same after a restart, and another one on each node. */
    String nodeName() {
        return nodeName;
    }

    private Optional<String> text(String name) {
        String value = properties.apply(name);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    private int number(String name, int absent, int most) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return absent;
        }
        if (value.get().matches("[1-9][0-9]{0,8}") && Integer.parseInt(value.get()) <= most) {
            return Integer.parseInt(value.get());
        }
        throw new IllegalStateException(name + " is '" + value.get() + "'; it must be a number from 1 to " + most);
    }

    private List<Duration> durations(String name, String absent) {
        try {
            return Durations.parseList(text(name).orElse(absent));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        }
    }

    private static String ownHostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
