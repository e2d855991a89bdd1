// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net.proxy;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.wildpost.core.net.NumericAddress;

/** The human-readable header (section 2.1): one line, single spaces, no leniency. */
final class ProxyVersion1 {
    /** Octets of the longest line with its CRLF. */
    static final int MAX_OCTETS = 107;

    private static final Pattern UNKNOWN = Pattern.compile("PROXY UNKNOWN(?: [ -~]*)?\r\n");
    private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");
    private static final int MAX_PORT = 65_535;

    /** PROXY, protocol, two addresses, two ports. */
    private static final int WORDS = 6;

    private ProxyVersion1() {}

    /**
     * Parses a line.
     *
     * @param line with its CRLF
     */
    static ProxyHeader parse(String line) throws ProxyHeaderException {
        if (UNKNOWN.matcher(line).matches()) {
            return new ProxyHeader.Direct();
        }
        if (!line.endsWith("\r\n")) {
            throw new ProxyHeaderException("a PROXY line does not end in CRLF");
        }
        String[] words = line.substring(0, line.length() - 2).split(" ", -1);
        if (words.length != WORDS || !words[0].equals("PROXY")) {
            throw new ProxyHeaderException("this is no PROXY line");
        }
        return switch (words[1]) {
            case "TCP4" -> proxied(words, NumericAddress::v4);
            case "TCP6" -> proxied(words, NumericAddress::v6);
            default -> throw new ProxyHeaderException("a PROXY line names an unknown protocol");
        };
    }

    private static ProxyHeader proxied(String[] words, Function<String, Optional<InetAddress>> family)
            throws ProxyHeaderException {
        return new ProxyHeader.Proxied(
                address(words[2], family), port(words[4]), address(words[3], family), port(words[5]));
    }

    private static InetAddress address(String word, Function<String, Optional<InetAddress>> family)
            throws ProxyHeaderException {
        return family.apply(word).orElseThrow(() -> new ProxyHeaderException("a PROXY line has a malformed address"));
    }

    private static int port(String word) throws ProxyHeaderException {
        if (!PORT.matcher(word).matches() || Integer.parseInt(word) > MAX_PORT) {
            throw new ProxyHeaderException("a PROXY line has a malformed port");
        }
        return Integer.parseInt(word);
    }
}
