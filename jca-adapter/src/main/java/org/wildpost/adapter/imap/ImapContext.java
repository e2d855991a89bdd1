// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wildpost.adapter.login.SessionAccounts;
import org.wildpost.adapter.net.Connection;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.Watch;

/** What the handlers of one session share: the connection, the state, and the way to the beans. For the session's thread. */
final class ImapContext {
    /** Events may be lost: after this time the mailbox is asked without one. */
    static final Duration TRUST_IN_EVENTS = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger(ImapContext.class.getName());

    private final Connection connection;
    private final ImapWriter writer;
    private final ImapReader reader;
    private final MessageLines lines;
    private final UpdateContexts updates;
    private final ImapSettings settings;
    private final Endpoints<ImapListener> endpoints;
    private final AnswerCache answers;
    private final RecentMarks recents;
    private final Notices notices;
    private final EnumSet<Extension> enabled = Extension.none();
    private SessionState state = new SessionState.NotAuthenticated();
    private long loginDeadline;
    private long askedAt;
    private String tag = "";
    private @Nullable Progress progress;

    ImapContext(
            Connection connection,
            ImapSettings settings,
            Endpoints<ImapListener> endpoints,
            AnswerCache answers,
            RecentMarks recents) {
        this.answers = answers;
        this.recents = recents;
        this.connection = connection;
        this.settings = settings;
        this.endpoints = endpoints;
        this.writer = new ImapWriter(connection);
        this.lines = new MessageLines(writer, enabled);
        this.updates = new UpdateContexts(this, InstantSource.system());
        this.reader = new ImapReader(connection, writer, settings.limits(), new Patience(this));
        this.loginDeadline = loginDeadline();
        this.notices = new Notices(this);
    }

    private long loginDeadline() {
        return System.nanoTime() + limits().loginTime().toNanos();
    }

    Connection connection() {
        return connection;
    }

    ImapWriter writer() {
        return writer;
    }

    ImapReader reader() {
        return reader;
    }

    /** How messages of the selected mailbox are told of. */
    MessageLines lines() {
        return lines;
    }

    /** The searches whose results are kept up to date. */
    UpdateContexts updates() {
        return updates;
    }

    ImapSettings settings() {
        return settings;
    }

    /** What the client is told without a command. */
    Notices notices() {
        return notices;
    }

    /** Answers that all sessions share. */
    AnswerCache answers() {
        return answers;
    }

    /** Which messages sessions were told of. */
    RecentMarks recents() {
        return recents;
    }

    ImapLimits limits() {
        return settings.limits();
    }

    SessionState state() {
        return state;
    }

    <T> T ask(Function<ImapListener, T> question) {
        return endpoints.ask(question);
    }

    /** A command begins; what it asks patiently is told of under its tag. */
    void begin(String commandTag) {
        tag = commandTag;
    }

    /** It is done. */
    void end() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }

    /** Asks something that may take long, between two responses: the client hears now and then that it goes on (RFC 9585). */
    <T> T askPatiently(Function<ImapListener, T> question) {
        return progress().await(() -> ask(question));
    }

    /** How far the command is. */
    void reached(long done, long goal) {
        progress().reached(done, goal);
    }

    private Progress progress() {
        if (progress == null) {
            progress = Progress.start(writer, tag, limits().progress());
        }
        return progress;
    }

    /** What the client has enabled. */
    Set<Extension> enabled() {
        return Collections.unmodifiableSet(enabled);
    }

    boolean enabled(Extension extension) {
        return enabled.contains(extension);
    }

    /**
     * Speaks to the client in the way of an extension from now on.
     *
     * @return whether it did not before
     */
    boolean enable(Extension extension) {
        if (extension == Extension.QRESYNC) {
            // RFC 7162 §3.2.3.
            enabled.add(Extension.CONDSTORE);
        }
        boolean first = enabled.add(extension);
        if (extension == Extension.IMAP4REV2 && state instanceof SessionState.Selected selected) {
            // RFC 9051 §2.3.2.
            selected.view().forgetRecent();
        }
        writer.speakUtf8(Extension.speaksUtf8(enabled));
        return first;
    }

    /** Forgets who logged in and how they wanted to be spoken to; only the connection and its TLS stay (RFC 8437 §3). */
    void unauthenticate() {
        notices.forget();
        enter(new SessionState.NotAuthenticated());
        enabled.clear();
        writer.speakUtf8(false);
        loginDeadline = loginDeadline();
    }

    /**
     * The client shows that it looks at modification sequences; the first time it is told where those of the selected mailbox stand
     * (RFC 7162 §3.1).
     */
    void enableCondstore() throws IOException {
        if (enable(Extension.CONDSTORE)) {
            tellHighestModSeq();
        }
    }

    /** Where the modification sequences of the selected mailbox stand, if there is one (RFC 7162 §3.1). */
    void tellHighestModSeq() throws IOException {
        if (state instanceof SessionState.Selected selected) {
            writer.untagged("OK [HIGHESTMODSEQ " + selected.view().modSeq() + "] MODSEQs are told from now on");
        }
    }

    void enter(SessionState next) {
        leaveMailbox();
        state = next;
    }

    /** The account that logged in; only where the table of commands says that there is one. */
    AccountId account() {
        return switch (state) {
            case SessionState.NotAuthenticated() -> throw new IllegalStateException("nobody is logged in");
            case SessionState.Authenticated(AccountId account) -> account;
            case SessionState.Selected(AccountId account, MailboxView view, MailboxSignal signal, Watch watch) ->
                account;
        };
    }

    /** The selected mailbox; only where the table of commands says that there is one. */
    MailboxView view() {
        if (state instanceof SessionState.Selected selected) {
            return selected.view();
        }
        throw new IllegalStateException("no mailbox is selected");
    }

    /** Ends the selection and its subscription. */
    void leaveMailbox() {
        if (state instanceof SessionState.Selected selected) {
            selected.watch().close();
            updates.clear();
            notices.left(selected.view());
            state = new SessionState.Authenticated(selected.account());
        }
    }

    /** How long the next read may wait: without a login, until the time for it is over. */
    Duration patience() throws SocketTimeoutException {
        if (!(state instanceof SessionState.NotAuthenticated)) {
            return limits().idleTime();
        }
        long left = loginDeadline - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("no login in time");
        }
        return Duration.ofNanos(Math.max(left, 1_000_000));
    }

    /** What the reader must know of the state. */
    private record Patience(ImapContext context) implements ImapReader.Patience {
        @Override
        public Duration left() throws SocketTimeoutException {
            return context.patience();
        }

        @Override
        public long unaskedLiteral() {
            return context.state instanceof SessionState.NotAuthenticated ? ImapLimits.SMALL_LITERAL : Long.MAX_VALUE;
        }
    }

    /** The accounts as this client reaches them. */
    SessionAccounts<ImapListener> accounts() {
        return new SessionAccounts<>(MailProtocol.IMAP, connection, endpoints, settings.tokens());
    }

    boolean loginPossible() {
        return connection.secure() || settings.allowPlaintextLogin();
    }

    String capabilities() {
        return Capabilities.list(
                connection.secure(),
                connection.channelBinding().offered(),
                accounts().tokens().isPresent(),
                loginPossible(),
                !(state instanceof SessionState.NotAuthenticated),
                limits());
    }

    /**
     * Takes in what happened to the selected mailbox, when there was an event, when it was long ago, or when it must be.
     *
     * @return false when the mailbox is gone
     */
    boolean refresh(boolean always) {
        if (!(state instanceof SessionState.Selected selected)) {
            return true;
        }
        boolean event = selected.signal().take();
        boolean late = System.nanoTime() - askedAt > TRUST_IN_EVENTS.toNanos();
        if (!event && !late && !always) {
            return true;
        }
        askedAt = System.nanoTime();
        MailboxView view = selected.view();
        Optional<MailboxSnapshot> now = ask(listener -> listener.view(view.ref()));
        now.ifPresentOrElse(view::apply, selected.signal()::raise);
        return now.isPresent();
    }

    /**
     * Takes in what happened, where what was asked for is done already: what cannot be read now is told later.
     *
     * @return whether it could be read
     */
    boolean catchUp() {
        try {
            return refresh(true);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "changes of the selected mailbox could not be read", e);
            raise();
            return false;
        }
    }

    /** There is news that this session has not taken in. */
    void raise() {
        if (state instanceof SessionState.Selected selected) {
            selected.signal().raise();
        }
    }

    /** The session ends. */
    void leave() {
        notices.forget();
        leaveMailbox();
    }
}
