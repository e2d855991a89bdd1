// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.util.Set;
import org.wildpost.adapter.imap.ImapCommand.Tagged;
import org.wildpost.adapter.net.Connection;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.listener.imap.MailboxName;

/** One client's talk: reads a command, looks at the state, lets a handler answer, tells what happened meanwhile (RFC 9051 §3, §5). */
final class ImapSession {
    private static final Logger LOG = System.getLogger(ImapSession.class.getName());
    private static final String GOING_DOWN = "[UNAVAILABLE] the server is going down";
    private static final String UNAVAILABLE = "the server cannot answer now";

    private final ImapContext context;
    private final Connection connection;
    private final ImapWriter writer;
    private final ImapLimits limits;
    private final CommandHandlers handlers;
    private long commands;
    private int badCommands;

    ImapSession(
            Connection connection,
            ImapSettings settings,
            Endpoints<ImapListener> endpoints,
            MessageIndexer indexer,
            AnswerCache answers,
            RecentMarks recents) {
        this.connection = connection;
        this.limits = settings.limits();
        this.context = new ImapContext(connection, settings, endpoints, answers, recents);
        this.writer = context.writer();
        this.handlers = new CommandHandlers(context, indexer);
    }

    void run() throws IOException {
        try {
            writer.untagged("OK [CAPABILITY " + context.capabilities() + "] "
                    + context.settings().hostname() + " IMAP ready");
            boolean goOn = true;
            while (goOn) {
                goOn = step();
            }
        } catch (SocketTimeoutException e) {
            if (!writer.lineOpen()) {
                writer.bye(connection.draining() ? GOING_DOWN : "you were silent for too long");
            }
        } catch (EOFException e) {
            LOG.log(Level.DEBUG, "the client left without LOGOUT");
        } finally {
            context.leave();
        }
        writer.flush();
    }

    /** One command; false ends the session. */
    private boolean step() throws IOException {
        if (!connection.inputBuffered()) {
            writer.flush();
        }
        if (connection.draining()) {
            writer.bye(GOING_DOWN);
            return false;
        }
        commands++;
        if (commands > limits.commands()) {
            writer.bye("too many commands in one session");
            return false;
        }
        return switch (next()) {
            case Incoming.Stranger() -> false;
            case Incoming.Refused(String tag, Reply reply) -> finish(tag, reply);
            case Incoming.Command(Frame frame) -> execute(frame);
        };
    }

    /** The next command; who asked for it hears news while none comes (RFC 5465 §3.1). */
    private Incoming next() throws IOException {
        if (!context.notices().always() || connection.inputBuffered()) {
            return context.reader().read();
        }
        IdleNews news = IdleNews.start(context, false);
        boolean alive = false;
        try {
            Incoming incoming = context.reader().read(news::stop);
            alive = true;
            return incoming;
        } catch (SocketTimeoutException e) {
            alive = true;
            throw e;
        } finally {
            news.end(alive);
        }
    }

    private boolean execute(Frame frame) throws IOException {
        Tagged tagged;
        try {
            tagged = ImapParser.parse(frame, limits, context.enabled());
        } catch (ImapParseException e) {
            return finish(frame.tag(), discard(frame, e.reply()));
        }
        if (!tagged.name().allowedIn(context.state())) {
            return finish(
                    tagged.tag(),
                    discard(frame, Reply.bad("not allowed now: " + tagged.name().word())));
        }
        if (tagged.name().usesSequenceNumbers() && context.enabled(Extension.UIDONLY)) {
            return finish(
                    tagged.tag(),
                    discard(frame, Reply.bad("UIDREQUIRED", "there are no sequence numbers with UIDONLY")));
        }
        Set<MailboxName> own = OwnChanges.of(tagged.command(), context.state());
        Reply reply;
        try {
            context.begin(tagged.tag());
            reply = handlers.answer(tagged);
        } catch (Endpoints.ServiceUnavailableException e) {
            LOG.log(Level.WARNING, "no answer to {0}: {1}", tagged.name().word(), e.getMessage());
            reply = Reply.no("UNAVAILABLE", UNAVAILABLE);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a fault in " + tagged.name().word(), e);
            reply = Reply.no("SERVERBUG", "an error of the server");
        } finally {
            context.end();
        }
        if (writer.lineOpen()) {
            throw new IOException("the answer to " + tagged.name().word() + " could not be finished");
        }
        if (tagged.name() == CommandName.STARTTLS && reply.status() == Reply.Status.OK) {
            writer.tagged(tagged.tag(), reply);
            writer.flush();
            connection.startTls();
            return true;
        }
        if (tagged.name() == CommandName.UNAUTHENTICATE
                && reply.status() == Reply.Status.OK
                && connection.compressed()) {
            writer.tagged(tagged.tag(), reply);
            writer.flush();
            connection.endCompression();
            return true;
        }
        if (tagged.name() == CommandName.COMPRESS && reply.status() == Reply.Status.OK) {
            writer.tagged(tagged.tag(), reply);
            writer.flush();
            connection.startCompression();
            return true;
        }
        if (!reply.closes() && context.state() instanceof SessionState.Selected) {
            tellChanges(tagged);
        }
        if (!reply.closes()) {
            tellOthers(reply.status() == Reply.Status.OK ? own : Set.of());
        }
        return !writer.saidBye() && finish(tagged.tag(), reply) || logoutEnds(tagged, reply);
    }

    /** LOGOUT says its BYE before the tagged answer (RFC 9051 §6.1.3). */
    private boolean logoutEnds(Tagged tagged, Reply reply) throws IOException {
        if (tagged.name() == CommandName.LOGOUT && writer.saidBye()) {
            writer.tagged(tagged.tag(), reply);
        }
        return false;
    }

    private void tellOthers(Set<MailboxName> own) throws IOException {
        try {
            context.notices().tellOthers(own);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "changes of other mailboxes could not be read", e);
        }
    }

    private void tellChanges(Tagged tagged) throws IOException {
        CommandName name = tagged.name();
        try {
            boolean asked = name == CommandName.NOOP || name == CommandName.CHECK;
            if (!context.refresh(asked)) {
                context.leaveMailbox();
                writer.bye("the selected mailbox was deleted");
                return;
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "changes of the selected mailbox could not be read", e);
        }
        context.notices().announce(tagged.allowsExpunge(), !OwnChanges.addsMessages(tagged.command()));
    }

    /** Gets past the message of an APPEND that is refused. */
    private Reply discard(Frame frame, Reply reply) throws IOException {
        boolean past = frame.message().isEmpty()
                || context.reader().discard(frame.message().get());
        return past ? reply : reply.closing();
    }

    private boolean finish(String tag, Reply reply) throws IOException {
        writer.tagged(tag, reply);
        switch (reply.status()) {
            case BAD -> badCommands++;
            case OK -> badCommands = 0;
            case NO -> {
                // Neither a mistake nor a sign that there are none.
            }
        }
        if (reply.closes()) {
            writer.bye("good bye");
            return false;
        }
        if (badCommands >= limits.badCommands()) {
            writer.bye("too many commands that cannot be understood");
            return false;
        }
        return true;
    }
}
