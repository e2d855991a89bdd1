// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.wildpost.adapter.net.Connection;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpService;

/**
 * Who the client is: what it said itself, what a trusted neighbour said of it, and who logged in. What the neighbour said outlives greetings, as Postfix has
 * it. For the session's thread.
 */
final class ClientFacts {
    private final String id = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    private final SmtpService service;
    private Optional<SmtpCommand.Hello> greeted = Optional.empty();
    private Optional<String> forwardedHelo = Optional.empty();
    private Optional<Boolean> forwardedExtended = Optional.empty();
    private Optional<SmtpClient.Login> login = Optional.empty();

    ClientFacts(SmtpService service) {
        this.service = service;
    }

    boolean isGreeted() {
        return greeted.isPresent();
    }

    boolean isLoggedIn() {
        return login.isPresent();
    }

    /** Whether extensions were told to whoever is at the other end of this connection. */
    boolean wasToldOfExtensions() {
        return greeted.filter(hello -> hello.dialect() != SmtpCommand.Dialect.HELO)
                .isPresent();
    }

    void greet(SmtpCommand.Hello hello) {
        greeted = Optional.of(hello);
    }

    void enter(SmtpClient.Login account) {
        login = Optional.of(account);
    }

    /** As at the beginning, but for what a neighbour said (RFC 3207 §4.2). */
    void forget() {
        greeted = Optional.empty();
        login = Optional.empty();
    }

    /** A neighbour speaks for somebody; addresses and ports are the connection's to keep. */
    void forwarded(XclientAttribute attribute, Connection connection) {
        switch (attribute) {
            case XclientAttribute.Address(var address) ->
                connection.represents(address, connection.peer().port());
            case XclientAttribute.Port(int port) ->
                connection.represents(connection.peer().address(), port);
            case XclientAttribute.Protocol(boolean extended) -> forwardedExtended = Optional.of(extended);
            case XclientAttribute.Helo(Optional<String> name) -> forwardedHelo = name;
            case XclientAttribute.Noted noted -> {
                // nothing here asks for it
            }
        }
    }

    /** What a listener is told. */
    SmtpClient client(Connection connection) {
        SmtpCommand.Hello hello = greeted.orElseThrow();
        return new SmtpClient(
                id,
                service,
                connection.peer(),
                forwardedHelo.orElse(hello.name()),
                forwardedExtended.orElse(wasToldOfExtensions()),
                login);
    }
}
