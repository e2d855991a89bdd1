// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** One connection that sends message after message, commands pipelined. */
final class SmtpClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    private Socket socket;
    private InputStream in;
    private OutputStream out;

    SmtpClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        expect(220);
        write("EHLO bench.example.org\r\n");
        expect(250);
    }

    /** Goes over to TLS and logs in, as owners do on the submission port. */
    void logIn(String user, String password) throws IOException {
        write("STARTTLS\r\n");
        expect(220);
        SSLSocket secure = (SSLSocket)
                Trusting.context().getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        secure.startHandshake();
        socket = secure;
        in = new BufferedInputStream(secure.getInputStream());
        out = secure.getOutputStream();
        write("EHLO bench.example.org\r\n");
        expect(250);
        String plain = "\0" + user + "\0" + password;
        write("AUTH PLAIN " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)) + "\r\n");
        expect(235);
    }

    /** Sends one message; returning means that it got its 250. */
    void send(String sender, String recipient, byte[] message) throws IOException {
        send(sender, List.of(recipient), message);
    }

    /** The same to many. */
    void send(String sender, List<String> recipients, byte[] message) throws IOException {
        StringBuilder commands = new StringBuilder("MAIL FROM:<" + sender + ">\r\n");
        recipients.forEach(
                recipient -> commands.append("RCPT TO:<").append(recipient).append(">\r\n"));
        write(commands.append("DATA\r\n").toString());
        for (int i = 0; i <= recipients.size(); i++) {
            expect(250);
        }
        expect(354);
        out.write(message);
        out.flush();
        expect(250);
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void expect(int code) throws IOException {
        String line;
        do {
            line = line();
        } while (line.length() > 3 && line.charAt(3) == '-');
        if (!line.startsWith(Integer.toString(code))) {
            throw new IOException("wanted " + code + ", the server said: " + line);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("the server closed the connection");
            }
            line.append((char) octet);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
