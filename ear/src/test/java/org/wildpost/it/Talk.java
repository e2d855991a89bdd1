// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that says and hears lines in the clear. */
final class Talk implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    Talk(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        out = socket.getOutputStream();
    }

    /** The next line; {@code (closed)} when there is none. */
    String hear() throws IOException {
        String line = in.readLine();
        return line == null ? "(closed)" : line;
    }

    /** Says a line and hears the last line of the answer, as SMTP has it. */
    String say(String line) throws IOException {
        send(line + "\r\n");
        String answer = hear();
        while (answer.length() > 3 && answer.charAt(3) == '-') {
            answer = hear();
        }
        return answer;
    }

    void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
