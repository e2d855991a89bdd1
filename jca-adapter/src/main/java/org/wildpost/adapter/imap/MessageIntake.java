// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wildpost.adapter.imap.AppendPiece.Within;
import org.wildpost.adapter.imap.Frame.MessageLiteral;
import org.wildpost.core.fault.FaultLog;
import org.wildpost.core.listener.imap.AppendItem;
import org.wildpost.core.message.Spool;

/**
 * Takes the messages of one APPEND or REPLACE from the client (RFC 9051 §6.3.12, RFC 3502 §3, RFC 4469 §3): what cannot be kept is refused before its octets
 * are read where that is possible, all else is streamed into spools. For the session's thread; closing throws the messages away.
 */
final class MessageIntake implements AutoCloseable {
    static final Reply NO_ROOM = Reply.no("UNAVAILABLE", "the message cannot be kept now");

    /** Octets of all messages of a command that wait in memory; those behind wait in files. */
    private static final int MEMORY = 4 * Spool.DEFAULT_MEMORY_THRESHOLD;

    /** Octets that a message may have around it, flags and date, over those that every command may have. */
    private static final int AROUND = 256;

    private static final FaultLog FAULTS = new FaultLog(System.getLogger(MessageIntake.class.getName()));

    private final ImapContext context;
    private final ImapLimits limits;
    private final MessageIndexer indexer;
    private final UrlParts urls;
    private final boolean single;
    private final List<AppendItem> messages = new ArrayList<>();
    private @Nullable GrowingMessage growing;
    private long taken;
    private long inMemory;
    private long around;

    /** @param single whether the command has one message only */
    MessageIntake(ImapContext context, MessageIndexer indexer, boolean single) {
        this.context = context;
        this.limits = context.limits();
        this.indexer = indexer;
        this.urls = new UrlParts(context);
        this.single = single;
    }

    /** What came, in its order; closed with this. */
    List<AppendItem> messages() {
        return messages;
    }

    /**
     * Takes all messages, to the end of the command.
     *
     * @param condition what else may speak against it, asked before the first octets are taken
     * @return why there is nothing to store
     */
    Optional<Reply> take(AppendPiece first, Supplier<Optional<Reply>> condition) throws IOException {
        AppendPiece piece = first;
        Supplier<Optional<Reply>> asked = condition;
        while (true) {
            Optional<Reply> refusal = follow(piece, asked);
            if (refusal.isPresent()) {
                return Optional.of(past(piece.literal(), refusal.get()));
            }
            if (piece.literal().isEmpty()) {
                return Optional.empty();
            }
            asked = Optional::empty;
            read(piece.literal().get());
            switch (context.reader().more()) {
                case Incoming.Stranger() -> throw new IOException("a stranger within a command");
                case Incoming.Refused(String tag, Reply reply) -> {
                    return Optional.of(reply);
                }
                case Incoming.Command(Frame frame) -> {
                    try {
                        piece = AppendParser.rest(frame, limits, context.enabled(), piece.within(), single);
                    } catch (ImapParseException e) {
                        return Optional.of(past(frame.message(), e.reply()));
                    }
                    around += frame.text().length();
                }
            }
        }
    }

    private void read(MessageLiteral literal) throws IOException {
        GrowingMessage message = open();
        context.reader()
                .message(literal, literal.binary() ? message.octets(literal.size()) : message.literal(literal.size()));
    }

    private GrowingMessage open() {
        if (growing == null) {
            throw new IllegalStateException("no message was begun");
        }
        return growing;
    }

    /** Gets past what the client sends all the same. */
    private Reply past(Optional<MessageLiteral> literal, Reply reply) throws IOException {
        return literal.isEmpty() || context.reader().discard(literal.get()) ? reply : reply.closing();
    }

    private Optional<Reply> follow(AppendPiece piece, Supplier<Optional<Reply>> condition) throws IOException {
        try {
            for (AppendStep step : piece.steps()) {
                Optional<Reply> refusal = follow(step);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
            Optional<Reply> refusal =
                    piece.literal().flatMap(literal -> tooMuch(literal.size(), piece.within() != Within.CATENATE));
            return refusal.isPresent() ? refusal : condition.get();
        } catch (RuntimeException e) {
            if (piece.literal().isPresent()
                    && !context.reader().discard(piece.literal().get())) {
                throw new IOException("a message that cannot be taken is too great to be skipped", e);
            }
            throw e;
        }
    }

    private Optional<Reply> follow(AppendStep step) throws IOException {
        return switch (step) {
            case AppendStep.Begin begin -> begin(begin);
            case AppendStep.Url(String url) -> url(url);
            case AppendStep.End() -> end();
        };
    }

    private Optional<Reply> begin(AppendStep.Begin begin) {
        if (messages.size() >= limits.saveLimit()) {
            return Optional.of(Reply.no("MESSAGELIMIT " + limits.saveLimit(), "too many messages in one command"));
        }
        if (around > limits.command() + (long) AROUND * messages.size()) {
            return Optional.of(Reply.no("TOOBIG", "the command is too big"));
        }
        int threshold = Math.clamp(MEMORY - inMemory, 0, Spool.DEFAULT_MEMORY_THRESHOLD);
        growing = new GrowingMessage(begin, context.settings().spoolDirectory(), threshold);
        return Optional.empty();
    }

    private Optional<Reply> url(String url) throws IOException {
        Reply bad = Reply.no(
                "BADURL " + url.replaceAll("[^\\x21-\\x5c\\x5e-\\x7e]", "?"), "there is no such message or part");
        try {
            Optional<UrlParts.Part> part = urls.find(url);
            if (part.isEmpty()) {
                return Optional.of(bad);
            }
            Optional<Reply> refusal = tooMuch(part.get().size(), false);
            if (refusal.isEmpty()) {
                part.get().octets().transferTo(open().text(part.get().size()));
            }
            return refusal;
        } catch (StoredOctets.GoneException e) {
            return Optional.of(bad);
        }
    }

    /** Why these octets cannot be added to the message that grows. */
    private Optional<Reply> tooMuch(long octets, boolean all) {
        if (all && octets == 0) {
            return Optional.of(Reply.no("CANNOT", "the message is empty"));
        }
        long size = open().size() + octets;
        if (size > limits.messageSize()) {
            return Optional.of(Reply.no("TOOBIG", "a message has at most " + limits.messageSize() + " octets"));
        }
        if (taken + size > limits.appendSize()) {
            return Optional.of(
                    Reply.no("TOOBIG", "the messages of a command have at most " + limits.appendSize() + " octets"));
        }
        return Optional.empty();
    }

    private Optional<Reply> end() throws IOException {
        GrowingMessage message = open();
        if (message.size() == 0) {
            return Optional.of(Reply.no("CANNOT", "the message is empty"));
        }
        if (message.hasNul()) {
            return Optional.of(Reply.no("CANNOT", "only a literal8 may have a NUL"));
        }
        try {
            AppendItem item = message.finish(indexer);
            messages.add(item);
            inMemory += item.message().inMemory() ? item.message().size() : 0;
        } catch (IOException e) {
            FAULTS.write(Level.ERROR, "A message could not be kept", e);
            return Optional.of(NO_ROOM);
        }
        taken += Math.max(ImapLimits.LEAST_APPEND, message.size());
        message.close();
        growing = null;
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        if (growing != null) {
            growing.close();
        }
        messages.forEach(item -> item.message().close());
    }
}
