// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** Reads the header from a connection, and not one octet more: TLS or a greeting follows it. */
public final class ProxyHeaderReader {
    private ProxyHeaderReader() {}

    /**
     * Reads the header that a connection begins with.
     *
     * @throws ProxyHeaderException            it begins with something else
     * @throws java.net.SocketTimeoutException the header did not come in time
     * @throws EOFException                    the proxy is gone
     */
    public static ProxyHeader read(Socket socket, ProxyTrust trust) throws IOException {
        return read(new DeadlineInput(socket, trust.headerTime()), trust.headerOctets());
    }

    static ProxyHeader read(InputStream in, int maxOctets) throws IOException {
        int first = in.read();
        return switch (first) {
            case 'P' -> ProxyVersion1.parse(line(in));
            case '\r' -> version2(in, maxOctets);
            case -1 -> throw new EOFException("the proxy is gone before its header");
            default -> throw new ProxyHeaderException("there is no PROXY header");
        };
    }

    /** Section 2.1: all of it within {@value ProxyVersion1#MAX_OCTETS} octets, CRLF included. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder("P");
        while (line.length() < ProxyVersion1.MAX_OCTETS) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the proxy is gone within its header");
            }
            line.append((char) octet);
            if (octet == '\n') {
                return line.toString();
            }
        }
        throw new ProxyHeaderException("a PROXY line has no end");
    }

    private static ProxyHeader version2(InputStream in, int maxOctets) throws IOException {
        byte[] fixed = new byte[ProxyVersion2.FIXED_OCTETS];
        fixed[0] = '\r';
        exactly(in, fixed, 1);
        int length = ProxyVersion2.lengthBehind(fixed);
        if (fixed.length + length > maxOctets) {
            throw new ProxyHeaderException(
                    "a PROXY header has " + (fixed.length + length) + " octets, more than " + maxOctets);
        }
        byte[] rest = new byte[length];
        exactly(in, rest, 0);
        return ProxyVersion2.parse(fixed, rest);
    }

    private static void exactly(InputStream in, byte[] octets, int from) throws IOException {
        if (in.readNBytes(octets, from, octets.length - from) < octets.length - from) {
            throw new EOFException("the proxy is gone within its header");
        }
    }
}
