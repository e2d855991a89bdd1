// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends one message after the other over one connection. */
final class SmtpSender implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final BufferedReader in;
    private final OutputStream out;

    SmtpSender(int port) throws IOException {
        socket.connect(new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        out = socket.getOutputStream();
        expect("220");
        say("EHLO client.example.org");
        expect("250");
    }

    /** Sends a message; returning means that the server took it with a 250. */
    void send(String recipient, String subject) throws IOException {
        sendRaw(
                recipient,
                "From: sender@example.org\r\nTo: " + recipient + "\r\nSubject: " + subject + "\r\n\r\n"
                        + "some text\r\n".repeat(200));
    }

    /** The same with the whole message, whose lines end in CRLF and do not begin with a dot. */
    void sendRaw(String recipient, String message) throws IOException {
        say("MAIL FROM:<sender@example.org>");
        expect("250");
        say("RCPT TO:<" + recipient + ">");
        expect("250");
        say("DATA");
        expect("354");
        say(message + ".");
        expect("250");
    }

    private void say(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void expect(String code) throws IOException {
        String line;
        do {
            line = in.readLine();
            if (line == null) {
                throw new IOException("the server closed the connection");
            }
        } while (line.length() > 3 && line.charAt(3) == '-');
        if (!line.startsWith(code)) {
            throw new IOException("wanted " + code + ", got " + line);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
