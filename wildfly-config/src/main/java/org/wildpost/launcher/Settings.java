// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

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
    private static final int LEAST_HEAP_MB = 256;

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
        int heap = number(given, Variable.WILDPOST_MAX_HEAP_MB, DEFAULT_MAX_HEAP_MB);
        if (heap < LEAST_HEAP_MB) {
            throw new StartFailure(
                    "WILDPOST_MAX_HEAP_MB=" + heap + " is too little: the server needs " + LEAST_HEAP_MB);
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
                heap,
                given);
    }

    private static Variable known(String name) throws StartFailure {
        try {
            return Variable.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new StartFailure("there is no variable " + name + "; the README lists those that there are", e);
        }
    }

    private static int number(Map<Variable, String> given, Variable variable, int fallback) throws StartFailure {
        try {
            return given.containsKey(variable) ? Integer.parseInt(given.get(variable)) : fallback;
        } catch (NumberFormatException e) {
            throw new StartFailure(variable + "='" + given.get(variable) + "' is too large", e);
        }
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
