// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import org.wildpost.adapter.net.Connection;
import org.wildpost.core.listener.Peer;

/** A connection without a socket: packets in, a log of both directions out. A packet is what lies in the buffer at once. */
final class MemoryConnection implements Connection {
    private final Deque<byte[]> packets = new ArrayDeque<>();
    private final StringBuilder log = new StringBuilder();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream unflushed = new ByteArrayOutputStream();
    private byte[] packet = new byte[0];
    private int position;
    private int flushes;
    private boolean secure;
    boolean draining;
    Runnable beforeLine = () -> {};
    Function<String, Optional<String>> responder = serverLine -> Optional.empty();
    boolean silentAtEnd;
    Duration patience = Duration.ZERO;

    MemoryConnection(boolean secure) {
        this.secure = secure;
    }

    void packet(byte[] octets) {
        packets.add(octets);
    }

    /** Both directions in order, as {@code C:} and {@code S:} lines. */
    String log() {
        return log.toString();
    }

    byte[] sent() {
        return sent.toByteArray();
    }

    int flushes() {
        return flushes;
    }

    @Override
    public Peer peer() {
        Optional<Peer.Tls> tls =
                secure ? Optional.of(new Peer.Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384")) : Optional.empty();
        return new Peer(InetAddress.getLoopbackAddress(), 40_000, tls);
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public Line readLine(int maxOctets) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = next();
        beforeLine.run();
        while (octet != '\n') {
            line.write(octet);
            octet = next();
        }
        byte[] octets = line.toByteArray();
        boolean crlf = octets.length > 0 && octets[octets.length - 1] == '\r';
        byte[] content = crlf ? java.util.Arrays.copyOf(octets, octets.length - 1) : octets;
        log.append("C: ").append(new String(content, StandardCharsets.UTF_8)).append('\n');
        if (content.length > maxOctets) {
            throw new LineTooLongException(maxOctets, "", "");
        }
        return new Line(content, crlf);
    }

    private int next() throws IOException {
        while (position == packet.length) {
            if (unflushed.size() > 0) {
                throw new AssertionError("the client waits for a reply that was not flushed: " + unflushed);
            }
            if (packets.isEmpty()) {
                String[] lines = new String(sent(), StandardCharsets.US_ASCII).split("\r\n");
                responder
                        .apply(lines[lines.length - 1])
                        .ifPresent(answer -> packet((answer + "\r\n").getBytes(StandardCharsets.US_ASCII)));
            }
            if (packets.isEmpty()) {
                throw silentAtEnd ? new SocketTimeoutException("silent") : new EOFException();
            }
            packet = packets.remove();
            position = 0;
        }
        return packet[position++];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        throw new UnsupportedOperationException("POP3 reads lines only");
    }

    @Override
    public boolean inputBuffered() {
        return position < packet.length;
    }

    @Override
    public void write(String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        write(octets, 0, octets.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        sent.write(bytes, offset, length);
        unflushed.write(bytes, offset, length);
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        for (String line : text.split("(?<=\n)")) {
            boolean begins = log.isEmpty() || log.charAt(log.length() - 1) == '\n';
            log.append(begins && !line.isEmpty() ? "S: " : "").append(line.replace("\r\n", "\n"));
        }
    }

    @Override
    public void flush() {
        unflushed.reset();
        flushes++;
    }

    @Override
    public void startTls() {
        if (unflushed.size() > 0) {
            throw new AssertionError("TLS began before the go-ahead was flushed");
        }
        secure = true;
        log.append("-- TLS --\n");
    }

    @Override
    public void idleTimeout(Duration timeout) {
        patience = timeout;
    }

    @Override
    public boolean draining() {
        return draining;
    }

    @Override
    public void close() {
        packets.clear();
    }
}
