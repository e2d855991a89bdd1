// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.wildpost.adapter.net.proxy.ProxyHeader;
import org.wildpost.adapter.net.proxy.ProxyHeaderException;
import org.wildpost.adapter.net.proxy.ProxyHeaderReader;

/**
 * Listens on one port and gives each connection a virtual thread of its own. The threads belong to the adapter: the container's pools are bounded, and block who
 * hands them work when they are full.
 */
public final class MailListener implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.wildpost.net");
    private static final int BACKLOG = 1024;
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(5);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofMillis(100);

    private final ListenerSettings settings;
    private final ConnectionLimits limits;
    private final Supplier<SSLContext> tls;
    private final Conversation conversation;
    private final ServerSocket serverSocket;
    private final Map<SocketConnection, Thread> sessions = new ConcurrentHashMap<>();
    private final Thread acceptor;
    private final Thread sweeper;
    private volatile boolean stopping;

    private MailListener(
            ListenerSettings settings,
            ConnectionLimits limits,
            Supplier<SSLContext> tls,
            Conversation conversation,
            ServerSocket serverSocket) {
        this.settings = settings;
        this.limits = limits;
        this.tls = tls;
        this.conversation = conversation;
        this.serverSocket = serverSocket;
        this.acceptor = thread(settings.name() + "-accept", this::accept);
        this.sweeper = thread(settings.name() + "-sweep", this::sweep);
    }

    /**
     * Binds the port and begins.
     *
     * @throws IOException when the port cannot be bound, naming it
     */
    public static MailListener start(
            ListenerSettings settings, ConnectionLimits limits, Supplier<SSLContext> tls, Conversation conversation)
            throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(settings.bind()), settings.port()), BACKLOG);
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "cannot listen for " + settings.name() + " on " + settings.bind() + " port " + settings.port()
                            + ": " + e.getMessage(),
                    e);
        }
        MailListener listener = new MailListener(settings, limits, tls, conversation, socket);
        listener.acceptor.start();
        listener.sweeper.start();
        LOG.log(
                Level.INFO,
                "Listening for {0} on {1} port {2}",
                settings.name(),
                settings.bind(),
                String.valueOf(listener.port()));
        return listener;
    }

    /** The port that is bound. */
    public int port() {
        return serverSocket.getLocalPort();
    }

    /** Whether new connections are taken. */
    public boolean isBound() {
        return !serverSocket.isClosed();
    }

    private Thread thread(String name, Runnable work) {
        Thread thread = Thread.ofVirtual()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .unstarted(work);
        thread.setContextClassLoader(MailListener.class.getClassLoader());
        return thread;
    }

    private void accept() {
        while (!stopping) {
            try {
                admit(serverSocket.accept());
            } catch (SocketException e) {
                if (!stopping) {
                    faultWhileAccepting(e);
                }
            } catch (IOException e) {
                faultWhileAccepting(e);
            }
        }
    }

    /** Out of file descriptors, for one: it passes. */
    private static void faultWhileAccepting(IOException e) {
        LOG.log(Level.WARNING, "A connection could not be accepted", e);
        pause(PAUSE_AFTER_FAULT);
    }

    private void admit(Socket socket) throws IOException {
        InetAddress address = socket.getInetAddress();
        boolean proxy = settings.proxies().networks().contains(address);
        if (!(proxy ? limits.enterUnnamed() : limits.enter(address))) {
            refuse(socket);
            socket.close();
            return;
        }
        SocketConnection connection;
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            connection = new SocketConnection(socket, tls);
        } catch (IOException e) {
            if (proxy) {
                limits.leaveUnnamed();
            } else {
                limits.leave(address);
            }
            socket.close();
            return;
        }
        Runnable talk = proxy ? () -> introduce(socket, connection) : () -> talk(connection, address);
        Thread session = thread(settings.name(), talk);
        sessions.put(connection, session);
        if (stopping) {
            connection.drain();
        }
        session.start();
    }

    private void refuse(Socket socket) {
        try {
            if (!settings.implicitTls()) {
                socket.getOutputStream().write(settings.refusal().getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            LOG.log(Level.TRACE, "A refused client is gone", e);
        }
    }

    /** A proxy says first whose connection it is; the limits are those of that client. */
    private void introduce(Socket socket, SocketConnection connection) {
        Optional<InetAddress> client = Optional.empty();
        try {
            InetAddress said = introduction(socket, connection);
            if (limits.name(said)) {
                client = Optional.of(said);
            } else {
                refuse(socket);
            }
        } catch (ProxyHeaderException e) {
            LOG.log(
                    Level.INFO,
                    "{0} from proxy {1} was closed: {2}",
                    settings.name(),
                    socket.getInetAddress().getHostAddress(),
                    e.getMessage());
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A proxy did not say whose connection it is", e);
        } finally {
            if (client.isEmpty()) {
                connection.close();
                sessions.remove(connection);
                limits.leaveUnnamed();
            }
        }
        client.ifPresent(address -> talk(connection, address));
    }

    private InetAddress introduction(Socket socket, SocketConnection connection) throws IOException {
        return switch (ProxyHeaderReader.read(socket, settings.proxies())) {
            case ProxyHeader.Proxied proxied -> {
                connection.represents(proxied.source(), proxied.sourcePort());
                yield proxied.source();
            }
            case ProxyHeader.Direct() -> socket.getInetAddress();
        };
    }

    private void talk(SocketConnection connection, InetAddress address) {
        try (connection) {
            if (settings.implicitTls()) {
                connection.idleTimeout(settings.handshakeTime());
                connection.startTls();
            }
            conversation.run(connection);
            connection.farewell();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "{0} from {1} ended: {2}", settings.name(), address.getHostAddress(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A session of " + settings.name() + " failed", e);
        } finally {
            connection.release();
            sessions.remove(connection);
            limits.leave(address);
        }
    }

    /** Ends connections that are too old, do not read, or do not come to the end of a handshake. */
    private void sweep() {
        Duration every = Collections.min(List.of(
                SWEEP_EVERY,
                settings.totalTime().dividedBy(2),
                settings.handshakeTime().dividedBy(2),
                settings.writeTime().dividedBy(2)));
        while (!stopping) {
            for (SocketConnection connection : sessions.keySet()) {
                if (connection.age().compareTo(settings.totalTime()) > 0
                        || connection.shakingHands().compareTo(settings.handshakeTime()) > 0
                        || connection.writing().compareTo(settings.writeTime()) > 0) {
                    connection.close();
                }
            }
            pause(every);
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no new connections, lets sessions end what they are at, waits for them, and ends those that do not within the time. */
    public void stop(Duration patience) {
        stopping = true;
        try {
            serverSocket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a listener", e);
        }
        sweeper.interrupt();
        long deadline = System.nanoTime() + patience.toNanos();
        while (!sessions.isEmpty() && System.nanoTime() < deadline) {
            sessions.keySet().forEach(SocketConnection::drain);
            pause(Duration.ofMillis(20));
        }
        sessions.keySet().forEach(SocketConnection::close);
        join(acceptor);
        sessions.values().forEach(MailListener::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(Duration.ZERO);
    }
}
