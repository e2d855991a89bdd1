// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.net;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The networks of one setting. Immutable. */
public record Networks(List<Network> all) {
    /** No network: nobody is in it. */
    public static final Networks NONE = new Networks(List.of());

    public Networks {
        all = List.copyOf(all);
    }

    /**
     * Reads networks with commas between them, and spaces if somebody likes; blank text stands for none.
     *
     * @throws IllegalArgumentException naming the first that is not a network
     */
    public static Networks parse(String text) {
        if (text.isBlank()) {
            return NONE;
        }
        return new Networks(Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(Network::parse)
                .toList());
    }

    /** Whether an address is in one of them. */
    public boolean contains(InetAddress address) {
        return all.stream().anyMatch(network -> network.contains(address));
    }

    @Override
    public String toString() {
        return all.stream().map(Network::toString).collect(Collectors.joining(","));
    }
}
