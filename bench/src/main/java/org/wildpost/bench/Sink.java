// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Another server that takes everything and keeps nothing but counts; the same for all that are measured. */
final class Sink implements AutoCloseable {
    private final ServerSocket listening;
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong recipients = new AtomicLong();
    private final AtomicLong unsigned = new AtomicLong();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    Sink() throws IOException {
        listening = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Different messages so far, by their Message-ID. */
    long messages() {
        return seen.size();
    }

    /** Recipients of all messages so far. */
    long deliveries() {
        return recipients.get();
    }

    /** Messages without a DKIM signature. */
    long unsigned() {
        return unsigned.get();
    }

    /** Messages that came more than once. */
    long duplicates() {
        return messages.get() - seen.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (SocketException e) {
            // closed: the end
        } catch (IOException e) {
            System.err.println("the sink takes no connections any more: " + e.getMessage());
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            say(out, "220 sink.test ESMTP");
            out.flush();
            int waiting = 0;
            for (String line = line(in); line != null; line = line(in)) {
                String verb = line.length() < 4 ? "" : line.substring(0, 4).toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "EHLO" -> say(out, "250-sink.test\r\n250-PIPELINING\r\n250 8BITMIME");
                    case "DATA" -> {
                        say(out, "354 go on");
                        out.flush();
                        take(in);
                        recipients.addAndGet(waiting);
                        waiting = 0;
                        say(out, "250 2.0.0 taken");
                    }
                    case "QUIT" -> {
                        say(out, "221 bye");
                        out.flush();
                        return;
                    }
                    case "RCPT" -> {
                        waiting++;
                        say(out, "250 2.1.5 ok");
                    }
                    default -> say(out, "250 2.0.0 ok");
                }
                if (in.available() == 0) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            // the client is gone; what it did not finish does not count
        }
    }

    private void take(InputStream in) throws IOException {
        boolean header = true;
        boolean signed = false;
        String id = "";
        for (String line = line(in); line != null && !line.equals("."); line = line(in)) {
            if (header) {
                signed |= line.startsWith("DKIM-Signature:");
                id = line.startsWith("Message-ID:") ? line : id;
                header = !line.isEmpty();
            }
        }
        messages.incrementAndGet();
        seen.add(id);
        if (!signed) {
            unsigned.incrementAndGet();
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(80);
        int octet = in.read();
        while (octet != '\n') {
            if (octet < 0) {
                return null;
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
            octet = in.read();
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
