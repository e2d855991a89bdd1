// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.wildpost.adapter.net.Connection;

/** From a {@link Pop3Reply} to octets. Never flushes: that is the session's decision (RFC 2449 §6.6). */
final class Pop3Writer {
    private final Connection connection;
    private Pop3Language language = Pop3Language.DEFAULT;

    Pop3Writer(Connection connection) {
        this.connection = connection;
    }

    /** Replies are in that language from now on, and in UTF-8 (RFC 6856 §3.2). */
    void speak(Pop3Language chosen) {
        language = chosen;
    }

    void write(Pop3Reply reply) throws IOException {
        switch (reply) {
            case Pop3Reply.Line line -> line(line.status().in(language));
            case Pop3Reply.Lines lines -> lines(lines);
            case Pop3Reply.Content content -> content(content);
        }
    }

    /** A line of a SASL exchange from the server (RFC 5034 §4). */
    void challenge(byte[] octets) throws IOException {
        line("+ " + java.util.Base64.getEncoder().encodeToString(octets));
    }

    /** No line of a list begins with a dot: they begin with a number or a capability. */
    private void lines(Pop3Reply.Lines reply) throws IOException {
        line(reply.first().in(language));
        for (String text : reply.rest()) {
            line(text);
        }
        line(".");
    }

    private void content(Pop3Reply.Content reply) throws IOException {
        line(reply.first().in(language));
        DotStuffing out = new DotStuffing(connection, reply.bodyLines());
        byte[] slice = reply.slices().next();
        while (slice.length > 0 && out.write(slice)) {
            slice = reply.slices().next();
        }
        out.end();
    }

    private void line(String text) throws IOException {
        byte[] octets = (text + "\r\n").getBytes(StandardCharsets.UTF_8);
        connection.write(octets, 0, octets.length);
    }
}
