// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.wildpost.core.address.DomainName;
import org.xbill.DNS.ReverseMap;

/**
 * The domain name system of a test. A line of the text is {@code name TYPE data}, of the types A, AAAA, MX, TXT, TLSA, CNAME and PTR; {@code #}
 * begins a comment. Everything is secure but what {@link #insecure} names; there is nothing beyond the text. Names that fail or hang do so at every
 * question. Remembers what was asked. Safe for all threads.
 */
public final class ZoneResolver implements DnsResolver {
    /** Seconds that answers are good for. */
    public static final long TTL = 300;

    private static final int MAX_ALIASES = 8;
    private static final int PATIENCE_SECONDS = 30;

    private final Map<String, List<String>> records = new ConcurrentHashMap<>();
    private final Set<String> names = new ConcurrentSkipListSet<>();
    private final Set<String> insecure = new ConcurrentSkipListSet<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public ZoneResolver(String zone) {
        add(zone);
    }

    /** Adds lines. */
    public ZoneResolver add(String zone) {
        for (String line : zone.lines().toList()) {
            String[] words = line.replaceFirst("(^|\\s)#.*", "").strip().split("\\s+", 3);
            if (words.length == 3) {
                String name = normal(words[0]);
                names.add(name);
                records.computeIfAbsent(key(name, words[1]), _ -> new CopyOnWriteArrayList<>())
                        .add(words[2].strip());
            } else if (!words[0].isEmpty()) {
                throw new IllegalArgumentException("a line has a name, a type and data: " + line);
            }
        }
        return this;
    }

    /** Forgets all records of a name and type. */
    public ZoneResolver remove(String name, String type) {
        records.remove(key(normal(name), type));
        return this;
    }

    /** Nothing at or below the name is signed. */
    public ZoneResolver insecure(String name) {
        insecure.add(normal(name));
        return this;
    }

    /** Questions of this type at the name fail. */
    public ZoneResolver fail(String name, String type, String reason) {
        failures.put(key(normal(name), type), reason);
        return this;
    }

    /** Ends a failure. */
    public ZoneResolver heal(String name, String type) {
        failures.remove(key(normal(name), type));
        return this;
    }

    /** Questions of this type at the name are answered when the latch is open. */
    public CountDownLatch hang(String name, String type) {
        return hanging.computeIfAbsent(key(normal(name), type), _ -> new CountDownLatch(1));
    }

    /** {@code name TYPE} of each question, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public DnsAnswer<MxRecord> mx(DomainName name) {
        return answer(name.ascii(), "MX", data -> {
            String[] words = data.split("\\s+", -1);
            return new MxRecord(
                    Integer.parseInt(words[0]),
                    words[1].equals(".") ? Optional.empty() : Optional.of(new DomainName(normal(words[1]))));
        });
    }

    @Override
    public DnsAnswer<InetAddress> addresses(DomainName name) {
        return Families.together(
                answer(name.ascii(), "A", InetAddress::ofLiteral),
                answer(name.ascii(), "AAAA", InetAddress::ofLiteral));
    }

    @Override
    public DnsAnswer<String> txt(String name) {
        return answer(name, "TXT", data -> data.replaceAll("^\"|\"$", "").replaceAll("\"\\s+\"", ""));
    }

    @Override
    public DnsAnswer<TlsaRecord> tlsa(DomainName host, int port) {
        return answer("_" + port + "._tcp." + host.ascii(), "TLSA", data -> {
            String[] words = data.split("\\s+", -1);
            return new TlsaRecord(
                    Integer.parseInt(words[0]),
                    Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]),
                    HexFormat.of().parseHex(words[3].toLowerCase(Locale.ROOT)));
        });
    }

    @Override
    public DnsAnswer<DomainName> names(InetAddress address) {
        return answer(ReverseMap.fromAddress(address).toString(true), "PTR", data -> new DomainName(normal(data)));
    }

    @Override
    public DnsAnswer<DomainName> alias(DomainName name) {
        return answer(name.ascii(), "CNAME", data -> new DomainName(normal(data)));
    }

    private <T> DnsAnswer<T> answer(String question, String type, Function<String, T> reader) {
        String name = normal(question);
        asked.add(name + " " + type);
        boolean secure = true;
        for (int steps = 0; steps <= MAX_ALIASES; steps++) {
            String key = key(name, type);
            if (hanging.containsKey(key)) {
                await(hanging.get(key));
            }
            if (failures.containsKey(key)) {
                return new DnsAnswer.Failed<>(failures.get(key));
            }
            secure = secure && isSecure(name);
            List<String> found = records.getOrDefault(key, List.of());
            if (!found.isEmpty()) {
                return new DnsAnswer.Found<>(found.stream().map(reader).toList(), secure, TTL);
            }
            List<String> alias = records.getOrDefault(key(name, "CNAME"), List.of());
            if (alias.isEmpty()) {
                return new DnsAnswer.None<>(exists(name), secure);
            }
            name = normal(alias.getFirst());
        }
        return new DnsAnswer.Failed<>("too many aliases");
    }

    /** A name above one with records exists as well (RFC 8020). */
    private boolean exists(String name) {
        return names.stream().anyMatch(known -> known.equals(name) || known.endsWith("." + name));
    }

    private boolean isSecure(String name) {
        return insecure.stream().noneMatch(zone -> name.equals(zone) || name.endsWith("." + zone));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String key(String name, String type) {
        return name + " " + type.toUpperCase(Locale.ROOT);
    }

    private static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** All that is in the zone, for messages of failed tests. */
    @Override
    public String toString() {
        Map<String, List<String>> sorted = new TreeMap<>(records);
        return sorted + " insecure " + new TreeSet<>(insecure) + " failing " + new ArrayList<>(failures.keySet());
    }
}
