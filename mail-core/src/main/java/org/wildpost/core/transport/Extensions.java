// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a server offers in its reply to EHLO (RFC 5321 §4.1.1.1); what it offers twice counts as it came last.
 *
 * @param offered extensions with their parameters, in upper case
 */
record Extensions(Map<Extension, String> offered) {
    /** Those of a server that knows HELO only. */
    static final Extensions NONE = new Extensions(Map.of());

    /** What a limit looks like; others are ignored (RFC 9422 §3). */
    private static final Pattern LIMIT = Pattern.compile("[0-9]{1,6}");

    private static final Pattern OCTETS = Pattern.compile("[0-9]{1,18}");

    Extensions {
        offered = Map.copyOf(offered);
    }

    /** Reads the reply to EHLO; its first line is a greeting. */
    static Extensions of(Reply reply) {
        Map<Extension, String> offered = new EnumMap<>(Extension.class);
        for (String line : reply.lines().subList(1, reply.lines().size())) {
            String text = line.strip().toUpperCase(Locale.ROOT);
            // Quirk: servers of the nineties write AUTH=PLAIN for AUTH PLAIN, often both.
            String[] words = text.split(text.startsWith("AUTH=") ? "=" : " ", 2);
            for (Extension extension : Extension.values()) {
                if (extension.keyword().equals(words[0])) {
                    offered.put(extension, words.length > 1 ? words[1].strip() : "");
                }
            }
        }
        return new Extensions(offered);
    }

    boolean has(Extension extension) {
        return offered.containsKey(extension);
    }

    /** Octets of the largest message (RFC 1870 §4); empty when there is no limit or the server does not say. */
    OptionalLong size() {
        String text = offered.getOrDefault(Extension.SIZE, "");
        long size = OCTETS.matcher(text).matches() ? Long.parseLong(text) : 0;
        return size == 0 ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /** Names of SASL mechanisms (RFC 4954 §3). */
    List<String> mechanisms() {
        return Stream.of(offered.getOrDefault(Extension.AUTH, "").split(" +"))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The least seconds that a deadline may be away (RFC 2852 §4); 0: any. */
    long leastDeliverBy() {
        String text = offered.getOrDefault(Extension.DELIVER_BY, "");
        return OCTETS.matcher(text).matches() ? Long.parseLong(text) : 0;
    }

    /** How many transactions a connection may have (RFC 9422 §4.1). */
    OptionalInt mailMax() {
        return limit("MAILMAX");
    }

    /** How many recipients a transaction may have (RFC 9422 §4.2). */
    OptionalInt rcptMax() {
        return limit("RCPTMAX");
    }

    private OptionalInt limit(String name) {
        for (String word : offered.getOrDefault(Extension.LIMITS, "").split(" +")) {
            if (word.startsWith(name + "=")) {
                Matcher value = LIMIT.matcher(word.substring(name.length() + 1));
                int limit = value.matches() ? Integer.parseInt(value.group()) : 0;
                return limit == 0 ? OptionalInt.empty() : OptionalInt.of(limit);
            }
        }
        return OptionalInt.empty();
    }
}
