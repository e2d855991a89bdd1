// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads lists of DNS servers. Stateless. */
public final class DnsServers {
    /** RFC 1035 §4.2. */
    public static final int PORT = 53;

    private static final Pattern FOUR = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final int MAX_PORT = 65_535;

    private DnsServers() {}

    /**
     * Reads a setting such as {@code 127.0.0.1:5353, [2001:db8::1]:53, 192.0.2.1}; hosts are addresses, for there is nobody to ask about names yet.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static List<InetSocketAddress> parse(String text) {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                servers.add(server(part.strip()));
            }
        }
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' names no DNS server");
        }
        return servers;
    }

    /** The servers of a {@code resolv.conf}; the one on this host when it names none, as resolv.conf(5) has it. */
    public static List<InetSocketAddress> ofResolvConf(String text) {
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length >= 2 && words[0].equals("nameserver")) {
                addIfAddress(servers, words[1]);
            }
        }
        if (servers.isEmpty()) {
            servers.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
        }
        return servers;
    }

    private static void addIfAddress(List<InetSocketAddress> servers, String text) {
        try {
            servers.add(new InetSocketAddress(literal(text), PORT));
        } catch (IllegalArgumentException e) {
            // A line that the C library skips as well.
        }
    }

    private static InetSocketAddress server(String text) {
        int bracket = text.indexOf(']');
        int colon = text.lastIndexOf(':');
        boolean bare = bracket < 0 && colon >= 0 && text.indexOf(':') != colon;
        String host = bare || colon <= bracket ? text : text.substring(0, colon);
        int port = bare || colon <= bracket ? PORT : port(text, text.substring(colon + 1));
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new InetSocketAddress(literal(host), port);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not an address with or without a port", e);
        }
    }

    /** An address written in full: the short forms of old C libraries, such as {@code 1.2}, are mistakes. */
    private static InetAddress literal(String text) {
        if (text.indexOf(':') < 0 && !FOUR.matcher(text).matches()) {
            throw new IllegalArgumentException("not an address: " + text);
        }
        return InetAddress.ofLiteral(text);
    }

    private static int port(String text, String digits) {
        if (digits.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(digits);
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        }
        throw new IllegalArgumentException("'" + text + "' has no port from 1 to " + MAX_PORT);
    }
}
