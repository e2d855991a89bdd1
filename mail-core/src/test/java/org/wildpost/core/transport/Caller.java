// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;

/** The client under test, with impatient settings, and what it sends. */
final class Caller implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String MESSAGE = "Subject: x\r\n\r\nHello\r\n";

    private final Watchdog watchdog = new Watchdog();
    private final TransportSettings settings;
    private final List<TlsSighting> sightings = new ArrayList<>();
    private final List<SmtpConnection> connections = new ArrayList<>();
    private final Connector connector;

    Caller() {
        this(TransportSettings.DEFAULTS.withShipment(Duration.ofSeconds(20)));
    }

    Caller(TransportSettings settings) {
        this.settings = settings;
        this.connector = new Connector(settings, watchdog, () -> NOW);
    }

    List<TlsSighting> sightings() {
        return sightings;
    }

    static Call call(ScriptedServer server) {
        return call(server, new TlsDemand.None());
    }

    static Call call(ScriptedServer server, TlsDemand tls) {
        return new Call(
                "mx.example.org",
                server.port(),
                Origin.anywhere("relay.example.com"),
                tls,
                false,
                Optional.empty(),
                Optional.empty());
    }

    Connector.Outcome connect(ScriptedServer server, Call call) {
        Connector.Outcome outcome = connector.connect(
                call, server.address(), Deadline.in(settings.shipment()), (local, remote, tls) -> sightings.add(tls));
        if (outcome instanceof Connector.Outcome.Ready(SmtpConnection connection)) {
            connections.add(connection);
        }
        return outcome;
    }

    /** The connection, which there must be. */
    SmtpConnection ready(ScriptedServer server, Call call) {
        return switch (connect(server, call)) {
            case Connector.Outcome.Ready(SmtpConnection connection) -> connection;
            case Connector.Outcome.Failed(Fate fate) -> throw new AssertionError(fate);
        };
    }

    SmtpConnection ready(ScriptedServer server) {
        return ready(server, call(server));
    }

    /** The failure, which there must be. */
    Fate failed(ScriptedServer server, Call call) {
        return switch (connect(server, call)) {
            case Connector.Outcome.Ready ready -> throw new AssertionError("it let us in");
            case Connector.Outcome.Failed(Fate fate) -> fate;
        };
    }

    List<Fate> send(SmtpConnection connection, Mailing mailing) {
        return connection.send(mailing, Deadline.in(settings.shipment()));
    }

    /** A connection and one message over it. */
    List<Fate> send(ScriptedServer server, Mailing mailing) {
        return send(ready(server), mailing);
    }

    static Mailing mailing(String... recipients) {
        return carrying(MESSAGE, recipients);
    }

    static Mailing carrying(String content, String... recipients) {
        return new Mailing(
                sender("me@example.com"),
                MailOptions.NONE,
                Stream.of(recipients)
                        .map(r -> ForwardPath.of(EmailAddress.parse(r)))
                        .toList(),
                octets(content.getBytes(StandardCharsets.UTF_8)),
                false,
                false);
    }

    static ReversePath sender(String address) {
        return new ReversePath(Optional.of(EmailAddress.parse(address)));
    }

    static Mailing with(MailOptions options) {
        Mailing plain = mailing("you@example.org");
        return new Mailing(plain.reversePath(), options, plain.recipients(), plain.content(), false, false);
    }

    static Mailing.Content octets(byte[] octets) {
        return new Mailing.Content() {
            @Override
            public long size() {
                return octets.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(octets);
            }
        };
    }

    @Override
    public void close() {
        connections.forEach(SmtpConnection::close);
        watchdog.close();
    }
}
