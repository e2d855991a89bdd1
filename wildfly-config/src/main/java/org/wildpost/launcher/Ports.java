// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The ports of the server before they are moved by the offset, and whether they are free. */
enum Ports {
    SMTP(25, "SMTP, mail from other servers (STARTTLS)"),
    SUBMISSIONS(465, "submission (TLS)"),
    SUBMISSION(587, "submission (STARTTLS)"),
    IMAP(143, "IMAP (STARTTLS)"),
    IMAPS(993, "IMAP (TLS)"),
    POP3(110, "POP3 (STLS)"),
    POP3S(995, "POP3 (TLS)"),
    HTTP(8080, "leads browsers to HTTPS"),
    HTTPS(8443, "webmail, administration, REST"),
    MANAGEMENT(9990, "management of WildFly, on loopback"),
    POSTGRESQL(5432, "the embedded PostgreSQL, on loopback");

    /** What the port is for that is off unless it is named. */
    static final String LMTP_PURPOSE = "LMTP, mail from neighbours";

    private final int port;
    private final String purpose;

    Ports(int port, String purpose) {
        this.port = port;
        this.purpose = purpose;
    }

    int at(int offset) {
        return port + offset;
    }

    String purpose() {
        return purpose;
    }

    /**
     * Finds out before anything starts.
     *
     * @throws StartFailure naming every port that is taken
     */
    static void check(Settings settings) throws StartFailure {
        List<String> taken = new ArrayList<>();
        for (Ports candidate : values()) {
            boolean local = candidate == MANAGEMENT || candidate == POSTGRESQL;
            boolean needed = candidate != POSTGRESQL || settings.outside().isEmpty();
            String bind = local ? "127.0.0.1" : settings.bind();
            if (needed && !isFree(bind, candidate.at(settings.portOffset()))) {
                taken.add(candidate.at(settings.portOffset()) + " (" + candidate.purpose + ")");
            }
        }
        settings.lmtp()
                .filter(lmtp -> !isFree(lmtp))
                .ifPresent(lmtp -> taken.add(lmtp.getPort() + " (" + LMTP_PURPOSE + ")"));
        if (!taken.isEmpty()) {
            throw new StartFailure("cannot listen on " + settings.bind() + " port " + String.join(", ", taken)
                    + ": it is taken, or not allowed; stop what uses it or move all ports with WILDPOST_PORT_OFFSET");
        }
    }

    private static boolean isFree(String bind, int port) {
        return isFree(new InetSocketAddress(bind, port));
    }

    private static boolean isFree(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address, 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
