// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.wildpost.adapter.net.Connection;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.pop3.Maildrop;
import org.wildpost.core.listener.pop3.MaildropResult;
import org.wildpost.core.listener.pop3.Pop3Listener;
import org.wildpost.core.sasl.Sasl;
import org.wildpost.core.sasl.Secret;

/**
 * One POP3 session from greeting to farewell (RFC 1939). For one thread. Nothing is deleted but at QUIT: whatever else ends the session gives
 * the lease back and leaves the maildrop as it was.
 */
final class Pop3Session {
    /** Octets of a command before its CRLF (RFC 2449 §4). */
    static final int MAX_LINE = 253;

    /** Octets that one question about a message's content asks for. */
    static final int SLICE = 256 * 1024;

    /** The same for TOP, which seldom goes far. */
    private static final int TOP_SLICE = 16 * 1024;

    /** Renewed no later than this, the lease outlives the longest silence that the session allows. */
    static final Duration RENEW_AFTER = Duration.ofMinutes(1);

    private sealed interface State {}

    private record Authorization(Optional<String> name) implements State {}

    private record Transaction(OpenMaildrop drop) implements State {}

    private final Connection connection;
    private final Endpoints<Pop3Listener> endpoints;
    private final Pop3Settings settings;
    private final InstantSource clock;
    private final Pop3Writer writer;
    private final Pop3Login login;
    private final Instant begun;
    private State state = new Authorization(Optional.empty());
    private int errors;

    Pop3Session(Connection connection, Endpoints<Pop3Listener> endpoints, Pop3Settings settings, InstantSource clock) {
        this.connection = connection;
        this.endpoints = endpoints;
        this.settings = settings;
        this.clock = clock;
        this.writer = new Pop3Writer(connection);
        this.login = new Pop3Login(connection, writer, endpoints);
        this.begun = clock.instant();
    }

    /** Runs to the end; returns when the session is over, throws when the client is gone. */
    void run() throws IOException {
        try {
            writer.write(Pop3Reply.ok(settings.hostname() + " POP3 ready"));
            while (proceed(next())) {
                // the reply was the last word on whether to go on
            }
            connection.flush();
        } catch (SocketTimeoutException silent) {
            // RFC 1939 §3: the autologout timer closes without a reply and without deleting
        } finally {
            release();
        }
    }

    /** Reads and executes one command. */
    private Pop3Reply next() throws IOException {
        if (connection.draining()) {
            return Pop3Replies.GOING_DOWN;
        }
        if (!connection.inputBuffered()) {
            connection.flush();
        }
        connection.idleTimeout(patience());
        try {
            return execute(Pop3Parser.parse(connection.readLine(MAX_LINE)));
        } catch (Connection.LineTooLongException e) {
            return Pop3Replies.LINE_TOO_LONG;
        } catch (Pop3SyntaxException e) {
            return Pop3Reply.error(String.valueOf(e.getMessage()));
        } catch (Endpoints.ServiceUnavailableException e) {
            return Pop3Replies.TRY_LATER;
        }
    }

    /** Writes a reply and does what it says; false at the end of the session. */
    private boolean proceed(Pop3Reply reply) throws IOException {
        writer.write(reply);
        if (!(reply instanceof Pop3Reply.Line line)) {
            return true;
        }
        return switch (line.effect()) {
            case NONE -> true;
            case CLOSE -> false;
            case TLS -> {
                connection.flush();
                connection.startTls();
                state = new Authorization(Optional.empty());
                yield true;
            }
            case ERROR -> {
                errors++;
                if (errors >= settings.maxErrors()) {
                    writer.write(Pop3Replies.TOO_MANY_ERRORS);
                }
                yield errors < settings.maxErrors();
            }
        };
    }

    private Pop3Reply execute(Pop3Command command) throws IOException {
        if (state instanceof Transaction(OpenMaildrop drop) && !keepLease(drop)) {
            return Pop3Replies.LEASE_LOST;
        }
        return switch (command) {
            case Pop3Command.Capa() -> new Pop3Reply.Lines("+OK capabilities", capabilities());
            case Pop3Command.Quit() -> quit();
            case Pop3Command.Unrecognised unknown -> Pop3Replies.UNRECOGNISED;
            case Pop3Command.HttpRequest() -> Pop3Replies.NOT_HTTP;
            case Pop3Command.Authorizing authorizing ->
                state instanceof Authorization now ? authorize(now, authorizing) : Pop3Replies.LOGGED_IN;
            case Pop3Command.Transacting transacting ->
                state instanceof Transaction(OpenMaildrop drop) ? transact(drop, transacting) : Pop3Replies.LOGIN_FIRST;
        };
    }

    private Pop3Reply authorize(Authorization now, Pop3Command.Authorizing command) throws IOException {
        return switch (command) {
            case Pop3Command.Stls() -> startTls();
            case Pop3Command.AuthList() ->
                new Pop3Reply.Lines("+OK mechanisms", loginAllowed() ? mechanisms() : List.of());
            case Pop3Command.Authorizing unsafe when !loginAllowed() -> Pop3Replies.TLS_FIRST;
            case Pop3Command.User(String name) -> {
                state = new Authorization(Optional.of(name));
                yield Pop3Replies.NAME_TAKEN;
            }
            case Pop3Command.Pass(Secret password) -> {
                state = new Authorization(Optional.empty());
                yield now.name().isPresent()
                        ? enter(login.password(now.name().get(), password))
                        : Pop3Replies.USER_FIRST;
            }
            case Pop3Command.Auth auth -> enter(login.exchange(auth));
        };
    }

    private Pop3Reply startTls() {
        if (connection.secure()) {
            return Pop3Replies.TLS_IS_ON;
        }
        return connection.inputBuffered() ? Pop3Replies.INJECTION : Pop3Replies.BEGIN_TLS;
    }

    private Pop3Reply enter(Pop3Login.Outcome outcome) {
        return switch (outcome) {
            case Pop3Login.Outcome.Failed(Pop3Reply reply) -> reply;
            case Pop3Login.Outcome.Entered(LoginResult.Accepted accepted) ->
                switch (endpoints.ask(listener -> listener.open(accepted.account()))) {
                    case MaildropResult.InUse() -> Pop3Replies.IN_USE;
                    case MaildropResult.Opened(Maildrop maildrop) -> {
                        OpenMaildrop drop = new OpenMaildrop(maildrop, clock.instant());
                        state = new Transaction(drop);
                        yield Pop3Reply.ok(drop.count() + " messages, " + drop.octets() + " octets");
                    }
                };
        };
    }

    private Pop3Reply transact(OpenMaildrop drop, Pop3Command.Transacting command) {
        return switch (command) {
            case Pop3Command.Noop() -> Pop3Replies.DONE;
            case Pop3Command.Stat() -> Pop3Reply.ok(drop.count() + " " + drop.octets());
            case Pop3Command.Rset() -> {
                drop.undelete();
                yield Pop3Reply.ok(drop.count() + " messages, " + drop.octets() + " octets");
            }
            case Pop3Command.Listing(Optional<Integer> number) -> table(drop, number, Maildrop.Message::size);
            case Pop3Command.Uidl(Optional<Integer> number) -> table(drop, number, Maildrop.Message::uniqueId);
            case Pop3Command.Retr(int number) -> content(drop, number, Long.MAX_VALUE, SLICE);
            case Pop3Command.Top(int number, int lines) -> content(drop, number, lines, TOP_SLICE);
            case Pop3Command.Dele(int number) -> {
                Optional<Maildrop.Message> message = drop.message(number);
                if (message.isPresent()) {
                    drop.delete(number);
                }
                yield message.isPresent() ? Pop3Replies.DONE : Pop3Replies.NO_SUCH_MESSAGE;
            }
        };
    }

    private static Pop3Reply table(
            OpenMaildrop drop, Optional<Integer> number, Function<Maildrop.Message, Object> column) {
        if (number.isEmpty()) {
            return new Pop3Reply.Lines("+OK " + drop.count() + " messages", drop.lines(column));
        }
        return drop.message(number.get())
                .map(message -> Pop3Reply.ok(number.get() + " " + column.apply(message)))
                .orElse(Pop3Replies.NO_SUCH_MESSAGE);
    }

    private Pop3Reply content(OpenMaildrop drop, int number, long bodyLines, int slice) {
        Optional<Maildrop.Message> message = drop.message(number);
        if (message.isEmpty()) {
            return Pop3Replies.NO_SUCH_MESSAGE;
        }
        MessageSlices slices =
                new MessageSlices(endpoints, drop.maildrop(), message.get(), slice, () -> keepLease(drop));
        return slices.begin()
                ? new Pop3Reply.Content("+OK " + message.get().size() + " octets", slices, bodyLines)
                : Pop3Replies.NO_SUCH_MESSAGE;
    }

    private Pop3Reply quit() {
        if (!(state instanceof Transaction(OpenMaildrop drop))) {
            return Pop3Replies.BYE;
        }
        try {
            boolean committed = endpoints.ask(listener -> listener.commit(drop.maildrop(), drop.deletedUids()));
            if (committed) {
                state = new Authorization(Optional.empty());
            }
            return committed ? Pop3Replies.BYE : Pop3Replies.NOT_DELETED;
        } catch (Endpoints.ServiceUnavailableException e) {
            return Pop3Replies.NOT_DELETED;
        }
    }

    /** RFC 2449 §6, RFC 2595 §4, RFC 3206 §4, RFC 5034 §3. What needs TLS first is not shown before it. */
    private List<String> capabilities() {
        List<String> all =
                new ArrayList<>(List.of("TOP", "UIDL", "RESP-CODES", "AUTH-RESP-CODE", "PIPELINING", "EXPIRE NEVER"));
        if (loginAllowed()) {
            all.add("USER");
            all.add("SASL " + String.join(" ", mechanisms()));
        }
        if (!connection.secure()) {
            all.add("STLS");
        }
        all.add("IMPLEMENTATION Wildpost");
        return all;
    }

    private List<String> mechanisms() {
        return Sasl.mechanisms(connection.channelBinding().offered());
    }

    private boolean loginAllowed() {
        return connection.secure() || settings.allowPlaintextLogin();
    }

    /** Renews the lease when it is time; false when another session has it. */
    private boolean keepLease(OpenMaildrop drop) {
        Instant now = clock.instant();
        if (Duration.between(drop.renewed(), now).compareTo(RENEW_AFTER) < 0) {
            return true;
        }
        boolean ours = endpoints.ask(listener -> listener.renew(drop.maildrop()));
        if (ours) {
            drop.renewedAt(now);
        }
        return ours;
    }

    /** How long the next line may take. */
    private Duration patience() throws SocketTimeoutException {
        if (state instanceof Transaction) {
            return settings.idle();
        }
        Duration left = settings.beforeLogin().minus(Duration.between(begun, clock.instant()));
        if (!left.isPositive()) {
            throw new SocketTimeoutException("no login within " + settings.beforeLogin());
        }
        return left.compareTo(settings.idle()) < 0 ? left : settings.idle();
    }

    private void release() {
        if (state instanceof Transaction(OpenMaildrop drop)) {
            try {
                endpoints.ask(listener -> {
                    listener.release(drop.maildrop());
                    return true;
                });
            } catch (Endpoints.ServiceUnavailableException e) {
                // the lease ends by itself
            }
        }
    }
}
