// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wildpost.adapter.imap.Frame.MessageLiteral;
import org.wildpost.adapter.net.Connection;
import org.wildpost.core.listener.imap.MetadataLimits;

/** From octets to frames: lines, literals and their limits (RFC 9051 §2.2.1, §4.3; RFC 7888 for literals that do not wait). */
final class ImapReader {
    private static final Pattern LITERAL = Pattern.compile("(?<binary>~?)\\{(?<size>[0-9]+)(?<plus>\\+?)\\}$");
    /** The mailbox is there: what follows is a message (RFC 9051 §9 append, RFC 8508 §5). */
    private static final Pattern MESSAGE_NEXT =
            Pattern.compile("\\S+ (APPEND|(UID )?REPLACE \\S+) .+", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    /** Within CATENATE a URL may be a literal, too (RFC 4469 §5). */
    private static final Pattern URL_NEXT =
            Pattern.compile("(.* CATENATE \\(| )(.* )?URL ", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** The mailbox is there: what follows is the value of an annotation (RFC 5464 §5 setmetadata). */
    private static final Pattern VALUE_NEXT =
            Pattern.compile("\\S+ SETMETADATA .+ ", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern HTTP = Pattern.compile(
            "(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH) \\S* ?HTTP/[0-9.]+.*", Pattern.DOTALL);
    private static final int BUFFER = 16 * 1024;
    /** What we take only to throw it away, in multiples of what is allowed. */
    private static final long PATIENCE = 2;

    private final Connection connection;
    private final ImapWriter writer;
    private final ImapLimits limits;
    private final Patience patience;

    /** What the session's state allows. */
    interface Patience {
        /** How long the next read may wait. */
        Duration left() throws SocketTimeoutException;

        /** Octets of a literal that comes without being waited for (RFC 7888 §5). */
        long unaskedLiteral();
    }

    ImapReader(Connection connection, ImapWriter writer, ImapLimits limits, Patience patience) {
        this.connection = connection;
        this.writer = writer;
        this.limits = limits;
        this.patience = patience;
    }

    /** The next command, up to its end or its first message. */
    Incoming read() throws IOException {
        return read(() -> {});
    }

    /**
     * The same.
     *
     * @param begun done as soon as a command begins, before anything is answered to it; more than once is as good as once
     */
    Incoming read(Runnable begun) throws IOException {
        return read(false, begun);
    }

    /** What follows a message within its command, up to the end of the command or to the next message. */
    Incoming more() throws IOException {
        return read(true, () -> {});
    }

    private Incoming read(boolean behindMessage, Runnable begun) throws IOException {
        StringBuilder text = new StringBuilder();
        List<byte[]> literals = new ArrayList<>();
        long octets = 0;
        while (true) {
            Connection.Line line;
            try {
                connection.idleTimeout(patience.left());
                line = connection.readLine(limits.line());
                begun.run();
            } catch (Connection.LineTooLongException e) {
                return refuse(Frame.tagOf(text + e.start()), e.end(), Reply.bad("the line is too long"));
            }
            String part = line.latin1();
            if (!behindMessage && text.isEmpty() && HTTP.matcher(part).matches()) {
                return new Incoming.Stranger();
            }
            if (part.indexOf(Frame.LITERAL) >= 0 || !line.crlf() && !Quirk.BARE_LINE_FEED.tolerated()) {
                return refuse(Frame.tagOf(text + part), part, Reply.bad("a line has no NUL"));
            }
            Matcher mark = LITERAL.matcher(part);
            if (!mark.find()) {
                text.append(part);
                return new Incoming.Command(new Frame(text.toString(), literals, Optional.empty()));
            }
            text.append(part, 0, mark.start());
            MessageLiteral literal = literal(mark);
            if ((behindMessage || MESSAGE_NEXT.matcher(text).matches())
                    && !URL_NEXT.matcher(text).matches()) {
                return new Incoming.Command(new Frame(text.toString(), literals, Optional.of(literal)));
            }
            octets += part.length() + literal.size();
            if (literal.size() > limits.literal()
                    || !literal.synchronised() && literal.size() > patience.unaskedLiteral()
                    || octets > limits.command()
                    || literals.size() >= limits.arguments()) {
                boolean value = literal.size() > limits.literal()
                        && VALUE_NEXT.matcher(text).matches();
                Reply reply = value
                        ? MetadataHandler.tooLong(MetadataLimits.DEFAULTS.value())
                        : Reply.no("TOOBIG", "the command is too big");
                return refuse(Frame.tagOf(text.toString()), part, reply);
            }
            literals.add(take(literal));
            text.append(literal.binary() ? "~" : "").append(Frame.LITERAL);
        }
    }

    private static MessageLiteral literal(Matcher mark) {
        return new MessageLiteral(
                size(mark.group("size")),
                mark.group("plus").isEmpty(),
                !mark.group("binary").isEmpty());
    }

    /** A size that is no number of ours is greater than all that is allowed. */
    private static long size(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Refuses a command by its last line: a literal that it announced and that comes all the same must not be taken for commands. */
    private Incoming refuse(String tag, String line, Reply reply) throws IOException {
        Matcher mark = LITERAL.matcher(line);
        boolean skipped =
                !mark.find() || literal(mark).synchronised() || skip(literal(mark), PATIENCE * limits.command());
        return new Incoming.Refused(tag, skipped ? reply : reply.closing());
    }

    private byte[] take(MessageLiteral literal) throws IOException {
        goAhead(literal);
        byte[] octets = new byte[(int) literal.size()];
        int filled = 0;
        while (filled < octets.length) {
            filled += read(octets, filled, octets.length - filled);
        }
        return octets;
    }

    private void goAhead(MessageLiteral literal) throws IOException {
        if (literal.synchronised()) {
            writer.continuation("go ahead");
            writer.flush();
        }
    }

    /** Reads a message that was announced, or a piece of one. */
    void message(MessageLiteral literal, OutputStream target) throws IOException {
        goAhead(literal);
        copy(literal.size(), target);
    }

    /**
     * Gets past a message that is not wanted and past the rest of its command.
     *
     * @return false when that is so much that the connection is better closed
     */
    boolean discard(MessageLiteral literal) throws IOException {
        long most = Math.min(PATIENCE * limits.appendSize(), patience.unaskedLiteral());
        return literal.synchronised() || skip(literal, most);
    }

    /** Skips a literal and those behind it that the client sends without waiting, up to the end of the command. */
    private boolean skip(MessageLiteral first, long patience) throws IOException {
        MessageLiteral literal = first;
        long left = patience;
        while (literal.size() <= Math.min(left, PATIENCE * limits.messageSize())) {
            copy(literal.size(), OutputStream.nullOutputStream());
            String rest = restOfLine();
            Matcher mark = LITERAL.matcher(rest);
            if (!mark.find()) {
                return true;
            }
            left -= literal.size() + rest.length();
            literal = literal(mark);
            if (literal.synchronised()) {
                return true;
            }
        }
        return false;
    }

    /** What is left of a command that is refused; of a line that is too long its end says enough. */
    private String restOfLine() throws IOException {
        connection.idleTimeout(patience.left());
        try {
            return connection.readLine(limits.line()).latin1();
        } catch (Connection.LineTooLongException e) {
            return e.end();
        }
    }

    private void copy(long size, OutputStream target) throws IOException {
        byte[] buffer = new byte[(int) Math.min(size, BUFFER)];
        long left = size;
        while (left > 0) {
            int n = read(buffer, 0, (int) Math.min(left, buffer.length));
            target.write(buffer, 0, n);
            left -= n;
        }
    }

    private int read(byte[] buffer, int offset, int length) throws IOException {
        connection.idleTimeout(patience.left());
        int n = connection.read(buffer, offset, length);
        if (n < 0) {
            throw new EOFException("the client left within a literal");
        }
        return n;
    }
}
