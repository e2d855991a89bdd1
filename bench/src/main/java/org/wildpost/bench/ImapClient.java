// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection over TLS that looks at answers no closer than counting needs: ends of lines are sought, literals skipped, nothing is parsed. The same for
 * every server. For one thread.
 */
final class ImapClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 120_000;
    private static final int BUFFER = 256 * 1024;
    private static final int IDLE_BUFFER = 1024;

    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[IDLE_BUFFER];
    private int position;
    private int limit;
    private int tags;

    /** Connects, shakes hands and reads the greeting. */
    ImapClient(int port, SSLContext tls) throws IOException {
        this(port, tls, InetAddress.getLoopbackAddress());
    }

    /**
     * @param from the address of this end, for servers that count connections by it
     */
    ImapClient(int port, SSLContext tls, InetAddress from) throws IOException {
        Socket raw = new Socket();
        raw.bind(new InetSocketAddress(from, 0));
        raw.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        raw.setTcpNoDelay(true);
        raw.setSoTimeout(TIMEOUT_MILLIS);
        socket = (SSLSocket) tls.getSocketFactory().createSocket(raw, "localhost", port, true);
        socket.startHandshake();
        in = socket.getInputStream();
        out = socket.getOutputStream();
        String greeting = line();
        if (!greeting.startsWith("* OK")) {
            throw new IOException("no greeting but: " + greeting);
        }
    }

    void logIn(String user, String password) throws IOException {
        ask("LOGIN " + user + " " + password).orThrow();
    }

    /** Asks, and counts the answer. */
    ImapAnswer ask(String command) throws IOException {
        return ask(command, null);
    }

    /** Asks, and shows each untagged response whole, with its literals, without the last CRLF. */
    ImapAnswer ask(String command, @Nullable Consumer<byte[]> responses) throws IOException {
        String tag = "a" + tags++;
        send((tag + " " + command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return answer(tag, responses);
    }

    /** Appends a message without waiting in between (RFC 7888). */
    ImapAnswer append(String mailbox, String date, byte[] message) throws IOException {
        String tag = "a" + tags++;
        ByteArrayOutputStream all = new ByteArrayOutputStream(message.length + 120);
        all.writeBytes((tag + " APPEND " + mailbox + " \"" + date + "\" {" + message.length + "+}\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(message);
        all.writeBytes(new byte[] {'\r', '\n'});
        send(all.toByteArray());
        return answer(tag, null);
    }

    /** Sends octets as they are. */
    void send(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }

    /** One line, without its end. */
    String line() throws IOException {
        int end = lineEnd();
        String line = new String(buffer, position, end - position - 2, StandardCharsets.ISO_8859_1);
        position = end;
        return line;
    }

    private ImapAnswer answer(String tag, @Nullable Consumer<byte[]> responses) throws IOException {
        byte[] tagged = (tag + " ").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream whole = responses == null ? null : new ByteArrayOutputStream();
        long fetched = 0;
        long expunged = 0;
        long literals = 0;
        while (true) {
            int end = lineEnd();
            if (startsWith(tagged, end)) {
                return new ImapAnswer(line().substring(tagged.length), fetched, expunged, literals);
            }
            int word = position + 2;
            while (word < end && (buffer[word] >= '0' && buffer[word] <= '9' || buffer[word] == ' ')) {
                word++;
            }
            fetched += buffer[word] == 'F' && buffer[word + 1] == 'E' ? 1 : 0;
            expunged += buffer[word] == 'E' && buffer[word + 2] == 'P' ? 1 : 0;
            for (long literal = literal(end); literal >= 0; literal = literal(end)) {
                literals += literal;
                take(end - position, whole);
                take(literal, whole);
                end = lineEnd();
            }
            take(end - position, whole);
            if (responses != null && whole != null) {
                byte[] octets = whole.toByteArray();
                responses.accept(Arrays.copyOf(octets, octets.length - 2));
                whole.reset();
            }
        }
    }

    private boolean startsWith(byte[] start, int end) {
        return end - position > start.length
                && Arrays.equals(buffer, position, position + start.length, start, 0, start.length);
    }

    /** The size of the literal that the line announces at its end, -1 when it announces none. */
    private long literal(int end) {
        int at = end - 3;
        if (at < position || buffer[at] != '}') {
            return -1;
        }
        long size = 0;
        long place = 1;
        for (at--; at > position && buffer[at] >= '0' && buffer[at] <= '9'; at--) {
            size += place * (buffer[at] - '0');
            place *= 10;
        }
        return buffer[at] == '{' && place > 1 ? size : -1;
    }

    private void take(long octets, @Nullable ByteArrayOutputStream whole) throws IOException {
        long left = octets;
        while (left > 0) {
            if (position == limit) {
                fill();
            }
            int some = (int) Math.min(left, limit - position);
            if (whole != null) {
                whole.write(buffer, position, some);
            }
            position += some;
            left -= some;
        }
    }

    /** Where the line that begins at the position ends, behind its LF; all of it is in the buffer then. */
    private int lineEnd() throws IOException {
        int at = position;
        while (true) {
            while (at < limit && buffer[at] != '\n') {
                at++;
            }
            if (at < limit) {
                return at + 1;
            }
            int scanned = at - position;
            fill();
            at = position + scanned;
        }
    }

    private void fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = 0;
        } else if (position > 0 && limit == buffer.length) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(BUFFER, buffer.length * 2));
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            throw new IOException("the server closed the connection");
        }
        limit += read;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
