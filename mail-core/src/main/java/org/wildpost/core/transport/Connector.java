// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.Optional;

/** Makes connections to other servers, up to the point where messages can follow. Safe for all threads. */
public final class Connector {
    /** No answer from host (RFC 3463 §3.5). */
    private static final String NO_ANSWER = "4.4.1";

    private final TransportSettings settings;
    private final Watchdog watchdog;
    private final InstantSource clock;
    private final TlsLayer tlsLayer = new TlsLayer();

    /**
     * @param watchdog of all its connections
     */
    public Connector(TransportSettings settings, Watchdog watchdog, InstantSource clock) {
        this.settings = settings;
        this.watchdog = watchdog;
        this.clock = clock;
    }

    /** What came of a call. */
    public sealed interface Outcome {
        /** Messages can follow; whoever asked closes it. */
        record Ready(SmtpConnection connection) implements Outcome {}

        /** Nothing. */
        record Failed(Fate fate) implements Outcome {}
    }

    /**
     * Calls a host at one address.
     *
     * @param deadline for the shipment as a whole
     */
    public Outcome connect(Call call, InetAddress address, Deadline deadline, TlsObserver observer) {
        try {
            return new Outcome.Ready(open(call, address, deadline, observer));
        } catch (Opening.TryInClearException e) {
            return connect(call.inClear(), address, deadline, observer);
        } catch (TalkException e) {
            return new Outcome.Failed(e.fate());
        }
    }

    private SmtpConnection open(Call call, InetAddress address, Deadline deadline, TlsObserver observer)
            throws TalkException, Opening.TryInClearException {
        Wire wire = dial(call, address, deadline);
        boolean open = false;
        try {
            Talk talk = new Talk(wire);
            Opening opening = new Opening(talk, call, tlsLayer, observer);
            Extensions extensions = opening.run();
            open = true;
            return new SmtpConnection(talk, extensions, opening.tls(), clock);
        } finally {
            if (!open) {
                wire.close();
            }
        }
    }

    private Wire dial(Call call, InetAddress address, Deadline deadline) throws TalkException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.setTcpNoDelay(true);
            Optional<? extends InetAddress> source = source(call.origin(), address);
            if (source.isPresent()) {
                bind(socket, source.get());
            }
            long millis = Math.min(
                    settings.patience(Stage.CONNECT).toMillis(), deadline.left().toMillis());
            socket.connect(new InetSocketAddress(address, call.port()), Math.clamp(millis, 1, Integer.MAX_VALUE));
            return new Wire(socket, watchdog, settings, deadline);
        } catch (TalkException e) {
            closeQuietly(socket);
            throw e;
        } catch (IOException e) {
            closeQuietly(socket);
            throw TalkException.unusable(Fate.hostFails(NO_ANSWER, reason(e)));
        }
    }

    private static Optional<? extends InetAddress> source(Origin origin, InetAddress address) {
        return address instanceof Inet4Address ? origin.source() : origin.source6();
    }

    private static void bind(Socket socket, InetAddress source) throws TalkException {
        try {
            socket.bind(new InetSocketAddress(source, 0));
        } catch (IOException e) {
            throw TalkException.unusable(Fate.hostFails(
                    "4.3.5", "this server cannot call from " + source.getHostAddress() + ": " + OneLine.of(e)));
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case SocketTimeoutException timeout -> "nobody answered the call in time";
            case ConnectException refused -> "the call was not answered: " + OneLine.of(refused);
            default -> "the host cannot be called: " + OneLine.of(e);
        };
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.getLogger("org.wildpost.transport").log(System.Logger.Level.TRACE, "closing", e);
        }
    }
}
