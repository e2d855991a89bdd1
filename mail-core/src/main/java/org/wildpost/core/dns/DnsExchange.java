// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * One question to one server over blocking sockets: UDP with EDNS, and TCP when the answer does not fit (RFC 7766 §5). Each question has a socket,
 * a port and an id of its own, both by chance (RFC 5452 §9); what does not belong to it is not listened to. The library's own sockets are not used:
 * they live in static fields with a selector thread and a shutdown hook, which would outlive an application that is taken down. Safe for all threads.
 */
final class DnsExchange {
    /** The largest answer that is asked for over UDP: it passes everywhere without fragments (RFC 9715 §3). */
    static final int EDNS_SIZE = 1232;

    /** Room for servers that do not keep to what was asked for. */
    private static final int UDP_BUFFER = 4096;

    private static final int ID_LIMIT = 1 << 16;
    private static final int LENGTH_OCTETS = 2;

    private final SecureRandom random = new SecureRandom();

    /**
     * Asks.
     *
     * @param query   flags and question; it is not changed
     * @param patience for all of it
     * @throws IOException when nothing usable came in time
     */
    Message ask(InetSocketAddress server, Message query, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        Message sent = query.clone();
        sent.getHeader().setID(random.nextInt(ID_LIMIT));
        if (sent.getOPT() == null) {
            sent.addRecord(new OPTRecord(EDNS_SIZE, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
        }
        byte[] octets = sent.toWire();
        Message answer = overUdp(server, sent, octets, deadline);
        if (answer.getHeader().getFlag(Flags.TC)) {
            answer = overTcp(server, sent, octets, deadline);
        }
        answer.getHeader().setID(query.getHeader().getID());
        return answer;
    }

    private static Message overUdp(InetSocketAddress server, Message sent, byte[] octets, long deadline)
            throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            socket.send(new DatagramPacket(octets, octets.length));
            byte[] buffer = new byte[UDP_BUFFER];
            while (true) {
                socket.setSoTimeout(left(deadline));
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] received = java.util.Arrays.copyOf(buffer, packet.getLength());
                Message answer = answer(sent, received);
                if (answer != null) {
                    return answer;
                }
            }
        }
    }

    private static Message overTcp(InetSocketAddress server, Message sent, byte[] octets, long deadline)
            throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, left(deadline));
            OutputStream out = socket.getOutputStream();
            byte[] framed = new byte[LENGTH_OCTETS + octets.length];
            framed[0] = (byte) (octets.length >> 8);
            framed[1] = (byte) octets.length;
            System.arraycopy(octets, 0, framed, LENGTH_OCTETS, octets.length);
            out.write(framed);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            socket.setSoTimeout(left(deadline));
            byte[] received = new byte[in.readUnsignedShort()];
            for (int read = 0; read < received.length; ) {
                socket.setSoTimeout(left(deadline));
                int more = in.read(received, read, received.length - read);
                if (more < 0) {
                    throw new EOFException("the answer over TCP ends early");
                }
                read += more;
            }
            Message answer = answer(sent, received);
            if (answer == null) {
                throw new IOException("the answer over TCP is to another question");
            }
            return answer;
        }
    }

    /** The message when it answers what was sent (RFC 5452 §9.1), else null. */
    private static @Nullable Message answer(Message sent, byte[] received) {
        Message message;
        try {
            message = new Message(received);
        } catch (IOException | RuntimeException e) {
            return null;
        }
        Record question = message.getQuestion();
        boolean ours = message.getHeader().getID() == sent.getHeader().getID()
                && message.getHeader().getFlag(Flags.QR)
                && question != null
                && question.equals(sent.getQuestion());
        return ours ? message : null;
    }

    /** Milliseconds until the deadline, for sockets. */
    private static int left(long deadline) throws SocketTimeoutException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
