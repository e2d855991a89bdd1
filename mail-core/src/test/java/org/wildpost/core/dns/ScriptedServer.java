// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A DNS server that answers as a test tells it: over UDP with any number of datagrams, over TCP with the last of them. */
final class ScriptedServer implements AutoCloseable {
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /**
     * @param script the messages that answer a question, with their ids; none: silence
     */
    ScriptedServer(Function<Message, List<byte[]>> script) throws IOException {
        int port = DaemonTools.freePort();
        udp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        tcp = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> serveUdp(script));
        Thread.ofVirtual().start(() -> serveTcp(script));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), udp.getLocalPort());
    }

    /** {@code udp name TYPE} of each question. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** An answer to the question with a code and records of the answer section. */
    static Message answer(Message query, int code, org.xbill.DNS.Record... records) {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.getHeader().setRcode(code);
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        for (org.xbill.DNS.Record record : records) {
            answer.addRecord(record, Section.ANSWER);
        }
        return answer;
    }

    static List<byte[]> refused(Message query) {
        return List.of(answer(query, Rcode.REFUSED).toWire());
    }

    private void serveUdp(Function<Message, List<byte[]>> script) {
        byte[] buffer = new byte[4096];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
                note("udp", query);
                for (byte[] answer : script.apply(query)) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                if (!udp.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serveTcp(Function<Message, List<byte[]>> script) {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] octets = new byte[in.readUnsignedShort()];
                in.readFully(octets);
                Message query = new Message(octets);
                note("tcp", query);
                byte[] answer = script.apply(query).getLast();
                answer[2] &= ~0x02; // no TC
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
            } catch (IOException e) {
                if (!tcp.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void note(String transport, Message query) {
        asked.add(transport + " " + query.getQuestion().getName().toString(true) + " "
                + Type.string(query.getQuestion().getType()));
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
