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
import org.wildpost.adapter.login.SessionAccounts;
import org.wildpost.adapter.net.Connection;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.pop3.Maildrop;
import org.wildpost.core.listener.pop3.MaildropResult;
import org.wildpost.core.listener.pop3.Pop3Listener;
import org.wildpost.core.sasl.Secret;

/**
 * One POP3 session from greeting to farewell (RFC 1939). For one thread. Nothing is deleted but at QUIT: whatever else ends the session gives
 * the lease back and leaves the maildrop as it was.
 */
final class Pop3Session {
    /** Octets of a command before its CRLF (RFC 2449 §4). */
    static final int MAX_LINE = 253;

    /** Renewed no later than this, the lease outlives the longest silence that the session allows. */
    static final Duration RENEW_AFTER = Duration.ofMinutes(1);

    private sealed interface State {}

    /**
     * @param name what USER named
     * @param utf8 whether headers are sent as they are (RFC 6856 §2.1)
     */
    private record Authorization(Optional<String> name, boolean utf8) implements State {
        static final Authorization BEGIN = new Authorization(Optional.empty(), false);

        Authorization named(Optional<String> other) {
            return new Authorization(other, utf8);
        }
    }

    private record Transaction(OpenMaildrop drop, Retrieval retrieval) implements State {}

    private final Connection connection;
    private final Endpoints<Pop3Listener> endpoints;
    private final Pop3Settings settings;
    private final InstantSource clock;
    private final Pop3Writer writer;
    private final Pop3Login login;
    private final Instant begun;
    private State state = Authorization.BEGIN;
    private int errors;

    Pop3Session(Connection connection, Endpoints<Pop3Listener> endpoints, Pop3Settings settings, InstantSource clock) {
        this.connection = connection;
        this.endpoints = endpoints;
        this.settings = settings;
        this.clock = clock;
        this.writer = new Pop3Writer(connection);
        this.login = new Pop3Login(
                connection, writer, new SessionAccounts<>(MailProtocol.POP3, connection, endpoints, settings.tokens()));
        this.begun = clock.instant();
    }

    /** Runs to the end; returns when the session is over, throws when the client is gone. */
    void run() throws IOException {
        try {
            writer.write(Pop3Reply.ok(Phrase.READY, settings.hostname()));
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
            return Pop3Reply.error(e.phrase());
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
                state = Authorization.BEGIN;
                writer.speak(Pop3Language.DEFAULT);
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
        if (state instanceof Transaction now && !keepLease(now.drop())) {
            return Pop3Replies.LEASE_LOST;
        }
        return switch (command) {
            case Pop3Command.Capa() -> new Pop3Reply.Lines(Pop3Reply.Status.ok(Phrase.CAPABILITIES), capabilities());
            case Pop3Command.Lang(Optional<String> tag) -> language(tag);
            case Pop3Command.Quit() -> quit();
            case Pop3Command.Unrecognised unknown -> Pop3Replies.UNRECOGNISED;
            case Pop3Command.HttpRequest() -> Pop3Replies.NOT_HTTP;
            case Pop3Command.Authorizing authorizing ->
                state instanceof Authorization now ? authorize(now, authorizing) : Pop3Replies.LOGGED_IN;
            case Pop3Command.Transacting transacting ->
                state instanceof Transaction now ? transact(now, transacting) : Pop3Replies.LOGIN_FIRST;
        };
    }

    /** RFC 6856 §3.2. */
    private Pop3Reply language(Optional<String> tag) {
        if (tag.isEmpty()) {
            return new Pop3Reply.Lines(Pop3Reply.Status.ok(Phrase.LANGUAGES), Pop3Language.listing());
        }
        Optional<Pop3Language> found = Pop3Language.lookup(tag.get());
        if (found.isEmpty()) {
            return Pop3Replies.NO_SUCH_LANGUAGE;
        }
        writer.speak(found.get());
        return new Pop3Reply.Line(
                new Pop3Reply.Status("+OK " + found.get().tag() + " ", Phrase.LANGUAGE_CHOSEN, List.of()),
                Pop3Reply.Effect.NONE);
    }

    private Pop3Reply authorize(Authorization now, Pop3Command.Authorizing command) throws IOException {
        return switch (command) {
            case Pop3Command.Stls() -> now.utf8() ? Pop3Replies.TLS_BEFORE_UTF8 : startTls();
            case Pop3Command.Utf8() -> {
                state = new Authorization(now.name(), true);
                yield Pop3Replies.UTF8_ON;
            }
            case Pop3Command.AuthList() ->
                new Pop3Reply.Lines(
                        Pop3Reply.Status.ok(Phrase.MECHANISMS), loginAllowed() ? login.mechanisms() : List.of());
            case Pop3Command.Authorizing unsafe when !loginAllowed() -> Pop3Replies.TLS_FIRST;
            case Pop3Command.User(String name) -> {
                state = now.named(Optional.of(name));
                yield Pop3Replies.NAME_TAKEN;
            }
            case Pop3Command.Pass(Secret password) -> {
                state = now.named(Optional.empty());
                yield now.name().isPresent()
                        ? enter(now, login.password(now.name().get(), password))
                        : Pop3Replies.USER_FIRST;
            }
            case Pop3Command.Auth auth -> enter(now, login.exchange(auth));
        };
    }

    private Pop3Reply startTls() {
        if (connection.secure()) {
            return Pop3Replies.TLS_IS_ON;
        }
        return connection.inputBuffered() ? Pop3Replies.INJECTION : Pop3Replies.BEGIN_TLS;
    }

    private Pop3Reply enter(Authorization now, Pop3Login.Outcome outcome) {
        return switch (outcome) {
            case Pop3Login.Outcome.Failed(Pop3Reply reply) -> reply;
            case Pop3Login.Outcome.Entered(LoginResult.Accepted accepted) ->
                switch (endpoints.ask(listener -> listener.open(accepted.account()))) {
                    case MaildropResult.InUse() -> Pop3Replies.IN_USE;
                    case MaildropResult.Opened(Maildrop maildrop) -> {
                        OpenMaildrop drop = new OpenMaildrop(maildrop, clock.instant());
                        state = new Transaction(
                                drop, new Retrieval(endpoints, drop, now.utf8(), () -> keepLease(drop)));
                        yield count(drop);
                    }
                };
        };
    }

    private static Pop3Reply count(OpenMaildrop drop) {
        return Pop3Reply.ok(Phrase.MESSAGES_AND_OCTETS, drop.count(), drop.octets());
    }

    private static Pop3Reply transact(Transaction now, Pop3Command.Transacting command) {
        OpenMaildrop drop = now.drop();
        return switch (command) {
            case Pop3Command.Noop() -> Pop3Replies.DONE;
            case Pop3Command.Stat() -> Pop3Reply.data(drop.count() + " " + drop.octets());
            case Pop3Command.Rset() -> {
                drop.undelete();
                yield count(drop);
            }
            case Pop3Command.Listing(Optional<Integer> number) ->
                now.retrieval().table(number, Maildrop.Message::size);
            case Pop3Command.Uidl(Optional<Integer> number) ->
                now.retrieval().table(number, Maildrop.Message::uniqueId);
            case Pop3Command.Retr(int number) -> now.retrieval().whole(number);
            case Pop3Command.Top(int number, int lines) -> now.retrieval().top(number, lines);
            case Pop3Command.Dele(int number) -> {
                Optional<Maildrop.Message> message = drop.message(number);
                if (message.isPresent()) {
                    drop.delete(number);
                }
                yield message.isPresent() ? Pop3Replies.DONE : Pop3Replies.NO_SUCH_MESSAGE;
            }
        };
    }

    private Pop3Reply quit() {
        if (!(state instanceof Transaction now)) {
            return Pop3Replies.BYE;
        }
        OpenMaildrop drop = now.drop();
        try {
            boolean committed = endpoints.ask(listener -> listener.commit(drop.maildrop(), drop.deletedUids()));
            if (committed) {
                state = Authorization.BEGIN;
            }
            return committed ? Pop3Replies.BYE : Pop3Replies.NOT_DELETED;
        } catch (Endpoints.ServiceUnavailableException e) {
            return Pop3Replies.NOT_DELETED;
        }
    }

    /** RFC 2449 §6, RFC 2595 §4, RFC 3206 §4, RFC 5034 §3, RFC 6856 §2 and §3. What needs TLS first is not shown before it. */
    private List<String> capabilities() {
        List<String> all = new ArrayList<>(List.of(
                "TOP", "UIDL", "RESP-CODES", "AUTH-RESP-CODE", "PIPELINING", "EXPIRE NEVER", "UTF8 USER", "LANG"));
        if (loginAllowed()) {
            all.add("USER");
            all.add("SASL " + String.join(" ", login.mechanisms()));
        }
        if (!connection.secure()) {
            all.add("STLS");
        }
        all.add("IMPLEMENTATION Wildpost");
        return all;
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
        if (state instanceof Transaction now) {
            try {
                endpoints.ask(listener -> {
                    listener.release(now.drop().maildrop());
                    return true;
                });
            } catch (Endpoints.ServiceUnavailableException e) {
                // the lease ends by itself
            }
        }
    }
}
