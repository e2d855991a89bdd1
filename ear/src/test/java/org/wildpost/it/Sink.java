// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Another server, which takes whatever it is given over plain SMTP and shows it, and lets its clients wait for an answer when it is told to. */
final class Sink implements AutoCloseable {
    private final ServerSocket server;
    private final BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /**
     * What came in one transaction.
     *
     * @param client as it called itself
     */
    record Mail(String client, String from, String to, String text) {}

    Sink() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The next mail. */
    Mail next() throws InterruptedException {
        Mail mail = mails.poll(30, TimeUnit.SECONDS);
        if (mail == null) {
            throw new AssertionError("no mail came");
        }
        return mail;
    }

    /** From now on whoever has sent a message waits for the answer. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    /** Answers them. */
    void goOn() {
        gate.countDown();
    }

    /** What came and nobody took yet. */
    List<Mail> all() {
        List<Mail> all = new ArrayList<>();
        mails.drainTo(all);
        return all;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> converse(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void converse(Socket socket) {
        try (socket;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            say(socket, "220 sink.test ESMTP");
            String client = "";
            String from = "";
            StringBuilder to = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("EHLO ")) {
                    client = line.substring("EHLO ".length());
                } else if (line.startsWith("MAIL FROM:")) {
                    from = line.substring("MAIL FROM:".length());
                    to.setLength(0);
                } else if (line.startsWith("RCPT TO:")) {
                    to.append(line.substring("RCPT TO:".length())).append('\n');
                } else if (line.equals("DATA")) {
                    say(socket, "354 go on");
                    StringBuilder text = new StringBuilder();
                    for (String body = in.readLine(); body != null && !body.equals("."); body = in.readLine()) {
                        text.append(body).append('\n');
                    }
                    mails.add(new Mail(client, from, to.toString().strip(), text.toString()));
                    gate.await();
                }
                say(socket, line.startsWith("EHLO") ? "250-sink.test\r\n250 DSN" : "250 fine");
            }
        } catch (IOException e) {
            // A client that goes is done.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        goOn();
        server.close();
    }
}
