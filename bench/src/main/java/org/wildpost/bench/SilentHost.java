// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A host that takes connections and never says a word: what costs a sender the most. */
final class SilentHost implements AutoCloseable {
    private final ServerSocket listening;
    private final Set<Socket> callers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();

    SilentHost() throws IOException {
        listening = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Connections that were ever made. */
    int calls() {
        return calls.get();
    }

    /** Ends the connections that are there. */
    void hangUp() throws IOException {
        for (Socket caller : List.copyOf(callers)) {
            callers.remove(caller);
            caller.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                callers.add(listening.accept());
                calls.incrementAndGet();
            }
        } catch (SocketException e) {
            // closed: the end
        } catch (IOException e) {
            System.err.println("the silent host takes no connections any more: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        hangUp();
    }
}
