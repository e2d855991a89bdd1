// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/** A connection whose other side said it all beforehand. */
final class FakeSocket extends Socket {
    private final InputStream in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    FakeSocket(byte[] said) {
        this.in = new ByteArrayInputStream(said);
    }

    static Wire wire(FakeSocket socket, Watchdog watchdog) throws IOException {
        return new Wire(socket, watchdog, TransportSettings.DEFAULTS, Deadline.in(Duration.ofMinutes(1)));
    }

    byte[] written() {
        return out.toByteArray();
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void close() {}
}
