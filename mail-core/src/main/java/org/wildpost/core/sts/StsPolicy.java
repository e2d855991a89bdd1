// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.trust.HostNames;

/**
 * What a domain demands of who sends to it (RFC 8461 §3.2).
 *
 * @param maxAge how long it may be kept
 * @param mx     patterns of exchangers: names, or {@code *.} and a name; lower case
 */
public record StsPolicy(Mode mode, Duration maxAge, List<String> mx) {
    /** The path of a policy on its host (RFC 8461 §3.3). */
    public static final String PATH = "/.well-known/mta-sts.txt";

    /** Octets of a policy that are read (RFC 8461 §3.3 suggests 64 kilobytes). */
    public static final int MAX_OCTETS = 64 * 1024;

    /** The longest time that a policy may ask for, a year of 31557600 seconds (RFC 8461 §3.2). */
    public static final Duration LONGEST = Duration.ofHours(8766);

    /** Patterns that are read of a policy at most. */
    static final int MAX_PATTERNS = 100;

    private static final Pattern PATTERN =
            Pattern.compile("(\\*\\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** RFC 8461 §5. */
    public enum Mode {
        /** No mail to a host that does not conform. */
        ENFORCE,
        /** Mail all the same; failures are reported. */
        TESTING,
        /** As if there were none. */
        NONE;

        /** As policies write it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public StsPolicy {
        mx = List.copyOf(mx);
    }

    /**
     * Reads a policy; unknown fields are ignored, of fields that stand twice the first counts, but for {@code mx}.
     *
     * @return empty when a field is missing or malformed: such a policy is none (RFC 8461 §3.2)
     */
    public static Optional<StsPolicy> parse(String text) {
        Map<String, String> fields = new HashMap<>();
        List<String> patterns = new ArrayList<>();
        for (String line : text.split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String key = line.substring(0, colon).strip();
                String value = line.substring(colon + 1).strip();
                if (key.equals("mx")) {
                    patterns.add(value.toLowerCase(Locale.ROOT));
                } else {
                    fields.putIfAbsent(key, value);
                }
            }
        }
        Optional<Mode> mode = mode(fields.getOrDefault("mode", ""));
        String maxAge = fields.getOrDefault("max_age", "");
        boolean good = "STSv1".equals(fields.get("version"))
                && mode.isPresent()
                && maxAge.matches("[0-9]{1,10}")
                && (mode.get() == Mode.NONE || !patterns.isEmpty())
                && patterns.size() <= MAX_PATTERNS
                && patterns.stream()
                        .allMatch(pattern -> PATTERN.matcher(pattern).matches());
        if (!good) {
            return Optional.empty();
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(maxAge));
        return Optional.of(new StsPolicy(mode.get(), asked.compareTo(LONGEST) > 0 ? LONGEST : asked, patterns));
    }

    /** Whether the host may take mail of the domain (RFC 8461 §4.1). */
    public boolean allows(DomainName host) {
        return mx.stream().anyMatch(pattern -> HostNames.matches(pattern, host));
    }

    /** The policy as its lines, for reports (RFC 8460 §4.4). */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("version: STSv1", "mode: " + mode.text()));
        mx.forEach(pattern -> lines.add("mx: " + pattern));
        lines.add("max_age: " + maxAge.toSeconds());
        return lines;
    }

    private static Optional<Mode> mode(String text) {
        for (Mode mode : Mode.values()) {
            if (mode.text().equals(text)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
