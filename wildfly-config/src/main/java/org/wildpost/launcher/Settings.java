// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the server is started with.
 *
 * @param data       the one data folder, absolute
 * @param portOffset added to every port
 * @param bind       the address of all listeners
 * @param hostname   the server's name in its first certificate and in the table of addresses; one that was not given may be typed at the set-up
 * @param demo       whether the demo domain and accounts are wanted
 * @param outside    the PostgreSQL to use instead of the embedded one
 * @param maxHeapMb  the most memory that the server's heap takes, in MiB
 * @param given      the variables that were set, checked
 */
record Settings(
        Path data,
        int portOffset,
        String bind,
        String hostname,
        boolean demo,
        Optional<Outside> outside,
        int maxHeapMb,
        Map<Variable, String> given) {
    static final int DEFAULT_PORT_OFFSET = 10_000;
    static final int DEFAULT_MAX_HEAP_MB = 512;

    /** Of the heap, what answers to FETCH may take. */
    private static final int CACHE_SHARE = 16;

    /** An outside PostgreSQL. */
    record Outside(String url, String user, String password) {}

    /**
     * Reads the environment.
     *
     * @throws StartFailure for a variable that is unknown, malformed, or does not go with another
     */
    static Settings of(Map<String, String> environment, boolean demo) throws StartFailure {
        Map<Variable, String> given = new EnumMap<>(Variable.class);
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            if (entry.getKey().startsWith(Variable.PREFIX)) {
                given.put(known(entry.getKey()), entry.getValue());
            }
        }
        for (Map.Entry<Variable, String> entry : given.entrySet()) {
            Optional<String> problem = entry.getKey().problem(entry.getValue());
            if (problem.isPresent()) {
                throw new StartFailure(problem.get());
            }
        }
        if (given.containsKey(Variable.WILDPOST_ADMIN_EMAIL) != given.containsKey(Variable.WILDPOST_ADMIN_PASSWORD)) {
            throw new StartFailure("WILDPOST_ADMIN_EMAIL and WILDPOST_ADMIN_PASSWORD go together: set both or none");
        }
        return new Settings(
                Path.of(given.getOrDefault(Variable.WILDPOST_DATA, "data"))
                        .toAbsolutePath()
                        .normalize(),
                number(given, Variable.WILDPOST_PORT_OFFSET, DEFAULT_PORT_OFFSET),
                given.getOrDefault(Variable.WILDPOST_BIND, demo ? "127.0.0.1" : "0.0.0.0"),
                given.getOrDefault(Variable.WILDPOST_HOSTNAME, demo ? "localhost" : localHostName()),
                demo,
                outside(given),
                number(given, Variable.WILDPOST_MAX_HEAP_MB, DEFAULT_MAX_HEAP_MB),
                given);
    }

    /** The most memory that answers to FETCH take, in MiB. */
    int imapCacheMb() {
        return number(given, Variable.WILDPOST_IMAP_CACHE_MB, maxHeapMb / CACHE_SHARE);
    }

    /** Octets of an upload, where messages have a limit of their own: a message is half as large again when it is encoded. */
    OptionalLong uploadLimit() {
        String limit = given.get(Variable.WILDPOST_MESSAGE_SIZE_LIMIT);
        return limit == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(limit) * 3 / 2);
    }

    /** Where LMTP listens, offset included; empty when it does not. */
    Optional<InetSocketAddress> lmtp() {
        int port = Integer.parseInt(given.getOrDefault(Variable.WILDPOST_LMTP_PORT, "0"));
        String address = given.getOrDefault(Variable.WILDPOST_LMTP_BIND, "127.0.0.1");
        return port == 0 ? Optional.empty() : Optional.of(new InetSocketAddress(address, port + portOffset));
    }

    private static Variable known(String name) throws StartFailure {
        try {
            return Variable.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "there is no variable " + name + "; the README and docs/operations.md list those that there are",
                    e);
        }
    }

    private static int number(Map<Variable, String> given, Variable variable, int fallback) {
        return given.containsKey(variable) ? Integer.parseInt(given.get(variable)) : fallback;
    }

    private static Optional<Outside> outside(Map<Variable, String> given) throws StartFailure {
        String url = given.get(Variable.WILDPOST_DB_URL);
        String user = given.get(Variable.WILDPOST_DB_USER);
        String password = given.get(Variable.WILDPOST_DB_PASSWORD);
        if (url == null && user == null && password == null) {
            return Optional.empty();
        }
        if (url == null || user == null || password == null) {
            throw new StartFailure(
                    "WILDPOST_DB_URL, WILDPOST_DB_USER and WILDPOST_DB_PASSWORD go together: set all three or none");
        }
        return Optional.of(new Outside(url, user, password));
    }

    private static String localHostName() {
        try {
            String name = InetAddress.getLocalHost().getCanonicalHostName();
            return Variable.WILDPOST_HOSTNAME.problem(name).isEmpty() ? name : "localhost";
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
