// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net.proxy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.wildpost.core.net.NumericAddress;

/** The binary header (section 2.2). Its extensions (TLV) are skipped: nothing here asks for them. */
final class ProxyVersion2 {
    /** Signature, version and command, family and transport, length. */
    static final int FIXED_OCTETS = 16;

    private static final byte[] SIGNATURE = "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int UNSPECIFIED = 0x00;
    private static final int TCP_OVER_IPV4 = 0x11;
    private static final int TCP_OVER_IPV6 = 0x21;
    private static final int LOCAL_STREAM = 0x31;
    private static final int IPV4_OCTETS = 4;
    private static final int IPV6_OCTETS = 16;
    private static final int LOCAL_STREAM_OCTETS = 216;

    /** Octets of two ports. */
    private static final int PORTS = 4;

    private ProxyVersion2() {}

    /** How many octets follow the fixed part. */
    static int lengthBehind(byte[] fixed) throws ProxyHeaderException {
        if (!Arrays.equals(fixed, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            throw new ProxyHeaderException("there is no PROXY header");
        }
        return Short.toUnsignedInt(ByteBuffer.wrap(fixed).getShort(FIXED_OCTETS - Short.BYTES));
    }

    /**
     * Parses a header whose signature was seen.
     *
     * @param rest addresses and extensions
     */
    static ProxyHeader parse(byte[] fixed, byte[] rest) throws ProxyHeaderException {
        return switch (Byte.toUnsignedInt(fixed[SIGNATURE.length])) {
            case LOCAL -> new ProxyHeader.Direct();
            case PROXY -> proxied(Byte.toUnsignedInt(fixed[SIGNATURE.length + 1]), rest);
            default -> throw new ProxyHeaderException("a PROXY header has an unknown version or command");
        };
    }

    private static ProxyHeader proxied(int family, byte[] rest) throws ProxyHeaderException {
        return switch (family) {
            case TCP_OVER_IPV4 -> addresses(rest, IPV4_OCTETS);
            case TCP_OVER_IPV6 -> addresses(rest, IPV6_OCTETS);
            case UNSPECIFIED -> new ProxyHeader.Direct();
            case LOCAL_STREAM -> {
                require(rest, LOCAL_STREAM_OCTETS);
                yield new ProxyHeader.Direct();
            }
            default -> throw new ProxyHeaderException("a PROXY header is of no connection of TCP");
        };
    }

    private static ProxyHeader addresses(byte[] rest, int octets) throws ProxyHeaderException {
        require(rest, 2 * octets + PORTS);
        ByteBuffer ports = ByteBuffer.wrap(rest, 2 * octets, PORTS);
        InetAddress source = NumericAddress.of(Arrays.copyOf(rest, octets));
        InetAddress destination = NumericAddress.of(Arrays.copyOfRange(rest, octets, 2 * octets));
        return new ProxyHeader.Proxied(
                source, Short.toUnsignedInt(ports.getShort()), destination, Short.toUnsignedInt(ports.getShort()));
    }

    private static void require(byte[] rest, int octets) throws ProxyHeaderException {
        if (rest.length < octets) {
            throw new ProxyHeaderException("a PROXY header is shorter than its addresses");
        }
    }
}
