// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLSocket;

/** IMAP as it goes over the wire: what a library would hide is what these tests look at. */
final class ImapWire implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)\\}$");

    private final SSLSocket socket;
    private final String greeting;
    private InputStream in;
    private OutputStream out;
    private int commands;

    /** A connection over TLS that has logged in. */
    ImapWire(Instance server, String user) throws IOException {
        this(server);
        command("LOGIN " + user + " wildpost");
    }

    /** A connection over TLS that was greeted. */
    ImapWire(Instance server) throws IOException {
        socket = TlsClient.connect(server.port(993));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        greeting = line();
    }

    String greeting() {
        return greeting;
    }

    /** Sends octets as Latin-1. */
    void send(String octets) throws IOException {
        out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Compresses both ways from here on, each flush a block that the other side can read (RFC 4978 §3). */
    void compress() throws IOException {
        command("COMPRESS DEFLATE");
        in = new InflaterInputStream(in, new Inflater(true));
        out = new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true), true);
    }

    /** Sends a command and takes everything up to its tagged answer, which must be OK. */
    List<String> command(String command) throws IOException {
        List<String> lines = answers(command);
        if (!lines.getLast().contains(" OK ")) {
            throw new IOException(command + ": " + lines.getLast());
        }
        return lines.subList(0, lines.size() - 1);
    }

    /** Sends a command and takes everything up to its tagged answer, whatever that is. */
    List<String> answers(String command) throws IOException {
        String tag = "t" + ++commands;
        send(tag + " " + command + "\r\n");
        List<String> lines = new ArrayList<>();
        do {
            lines.add(line());
        } while (!lines.getLast().startsWith(tag + " "));
        return lines;
    }

    void append(String mailbox, String options, byte[] message) throws IOException {
        command("APPEND " + mailbox + " " + options + "{" + message.length + "+}\r\n"
                + new String(message, StandardCharsets.ISO_8859_1));
    }

    /** A response with its literals, in Latin-1. */
    String line() throws IOException {
        StringBuilder all = new StringBuilder();
        while (true) {
            String part = octetsUpToLineEnd();
            all.append(part);
            Matcher literal = LITERAL.matcher(part);
            if (!literal.find()) {
                return all.toString();
            }
            byte[] octets = in.readNBytes(Integer.parseInt(literal.group(1)));
            all.append("\r\n").append(new String(octets, StandardCharsets.ISO_8859_1));
        }
    }

    /** Takes lines until one is as wanted, and tells when that was. */
    long await(Predicate<String> wanted) throws IOException {
        while (!wanted.test(line())) {
            // Something else that happened.
        }
        return System.nanoTime();
    }

    private String octetsUpToLineEnd() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        while (octet != '\n') {
            if (octet < 0) {
                throw new EOFException("the server closed after " + line);
            }
            line.write(octet);
            octet = in.read();
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.substring(0, text.length() - 1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
