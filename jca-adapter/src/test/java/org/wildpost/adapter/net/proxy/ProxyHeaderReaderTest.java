// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.net.NumericAddress;

/** Known answers of both versions, what is refused, and what no octets can do to the parser. */
class ProxyHeaderReaderTest {
    /** The signature of version 2. */
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static final int LIMIT = ProxyTrust.HEADER_OCTETS;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PROXY TCP4 192.168.0.1 192.168.0.11 56324 443 | 192.168.0.1 56324 192.168.0.11 443
                    PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535 | 255.255.255.255 65535 255.255.255.255 65535
                    PROXY TCP4 0.0.0.0 0.0.0.0 0 0 | 0.0.0.0 0 0.0.0.0 0
                    PROXY TCP6 2001:db8::1 2001:DB8:0:0:0:0:0:2 4124 25 | 2001:db8:0:0:0:0:0:1 4124 2001:db8:0:0:0:0:0:2 25
                    PROXY TCP6 ffff:f:f:f:f:f:f:f ::ffff:192.0.2.1 1 2 | ffff:f:f:f:f:f:f:f 1 192.0.2.1 2
                    PROXY UNKNOWN | direct
                    PROXY UNKNOWN ffff::1 ffff::2 65535 65535 | direct
                    PROXY UNKNOWN whatever it says  | direct
                    """)
    void understandsVersion1(String line, String meaning) throws IOException {
        assertThat(shown(read((line + "\r\n").getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\n",
                "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443 \r\n",
                "PROXY  TCP4 192.168.0.1 192.168.0.11 56324 443\r\n",
                "PROXY TCP4 192.168.0.1 192.168.0.11 56324\r\n",
                "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443 9\r\n",
                "PROXY TCP4 192.168.0.1 192.168.0.11 65536 443\r\n",
                "PROXY TCP4 192.168.0.1 192.168.0.11 056 443\r\n",
                "PROXY TCP4 192.168.0.1 192.168.0.11 -1 443\r\n",
                "PROXY TCP4 192.168.0.01 192.168.0.11 1 2\r\n",
                "PROXY TCP4 192.168.1 192.168.0.11 1 2\r\n",
                "PROXY TCP4 localhost 192.168.0.11 1 2\r\n",
                "PROXY TCP4 ::1 ::1 1 2\r\n",
                "PROXY TCP6 192.168.0.1 192.168.0.11 1 2\r\n",
                "PROXY TCP6 fe80::1%eth0 ::1 1 2\r\n",
                "PROXY TCP6 [::1] ::1 1 2\r\n",
                "PROXY UDP4 192.168.0.1 192.168.0.11 1 2\r\n",
                "PROXY tcp4 192.168.0.1 192.168.0.11 1 2\r\n",
                "PROXY UNKNOWNX\r\n",
                "PROXY UNKNOWN\tx\r\n",
                "PROXY\r\n",
                "PROXY \r\n",
                "POST / HTTP/1.1\r\n",
                "EHLO c\r\n",
                "\0"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(ProxyHeaderException.class);
    }

    @Test
    void readsALineUpToItsLimitAndNoFurther() throws IOException {
        String longest = "PROXY UNKNOWN " + "f".repeat(ProxyVersion1.MAX_OCTETS - "PROXY UNKNOWN \r\n".length());
        assertThat(read((longest + "\r\n").getBytes(StandardCharsets.US_ASCII))).isEqualTo(new ProxyHeader.Direct());
        ByteArrayInputStream endless =
                new ByteArrayInputStream((longest + "f\r\n" + "x".repeat(500)).getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> ProxyHeaderReader.read(endless, LIMIT))
                .isInstanceOf(ProxyHeaderException.class)
                .hasMessageContaining("no end");
        assertThat(endless.available()).isEqualTo(501);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    21 11 000c c0a80001 c0a8000b dc04 01bb | 192.168.0.1 56324 192.168.0.11 443
                    21 11 0013 c0a80001 c0a8000b dc04 01bb 04 0004 00000000 | 192.168.0.1 56324 192.168.0.11 443
                    21 21 0024 20010db8000000000000000000000001 20010db8000000000000000000000002 ffff 0019 | 2001:db8:0:0:0:0:0:1 65535 2001:db8:0:0:0:0:0:2 25
                    21 21 0024 00000000000000000000ffffc0000201 00000000000000000000000000000001 0001 0002 | 192.0.2.1 1 0:0:0:0:0:0:0:1 2
                    20 00 0000 | direct
                    20 11 000c c0a80001 c0a8000b dc04 01bb | direct
                    20 99 0003 010203 | direct
                    21 00 0000 | direct
                    21 00 0002 ffff | direct
                    """)
    void understandsVersion2(String hex, String meaning) throws IOException {
        assertThat(shown(read(octets(hex)))).isEqualTo(meaning);
    }

    @Test
    void takesALocalSocketAsTheProxysOwn() throws IOException {
        assertThat(read(octets("21 31 00d8" + "00".repeat(216)))).isEqualTo(new ProxyHeader.Direct());
        assertThatThrownBy(() -> read(octets("21 31 00d7" + "00".repeat(215))))
                .isInstanceOf(ProxyHeaderException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11 11 000c c0a80001 c0a8000b dc04 01bb",
                "31 11 000c c0a80001 c0a8000b dc04 01bb",
                "22 11 000c c0a80001 c0a8000b dc04 01bb",
                "2f 11 000c c0a80001 c0a8000b dc04 01bb",
                "21 12 000c c0a80001 c0a8000b dc04 01bb",
                "21 22 0024 20010db8000000000000000000000001 20010db8000000000000000000000002 ffff 0019",
                "21 10 000c c0a80001 c0a8000b dc04 01bb",
                "21 41 000c c0a80001 c0a8000b dc04 01bb",
                "21 11 000b c0a80001 c0a8000b dc04 01",
                "21 21 0023 20010db8000000000000000000000001 20010db8000000000000000000000002 ffff 00",
                "21 11 0ff1",
                "21 11 ffff"
            })
    void refusesOtherVersionsCommandsFamiliesAndLengths(String hex) {
        assertThatThrownBy(() -> read(octets(hex))).isInstanceOf(ProxyHeaderException.class);
    }

    @Test
    void refusesAnotherSignature() {
        byte[] wrong = octets("21 11 000c c0a80001 c0a8000b dc04 01bb");
        for (int i = 1; i < 12; i++) {
            byte[] changed = wrong.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> read(changed)).isInstanceOf(ProxyHeaderException.class);
        }
    }

    @Property
    void saysThatTheProxyIsGoneWhereverItStops(@ForAll @IntRange(max = 46) int cut) {
        byte[] one = "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> read(Arrays.copyOf(one, cut))).isInstanceOf(EOFException.class);
        byte[] two = octets("21 11 001f c0a80001 c0a8000b dc04 01bb" + "00".repeat(19));
        assertThatThrownBy(() -> read(Arrays.copyOf(two, cut))).isInstanceOf(EOFException.class);
    }

    @Property
    void leavesWhatFollowsTheHeader(@ForAll byte[] behind) throws IOException {
        for (byte[] header : new byte[][] {
            "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII),
            octets("21 11 000f 01020304 05060708 0001 0002 040000")
        }) {
            byte[] all = Arrays.copyOf(header, header.length + behind.length);
            System.arraycopy(behind, 0, all, header.length, behind.length);
            ByteArrayInputStream in = new ByteArrayInputStream(all);
            assertThat(ProxyHeaderReader.read(in, LIMIT)).isNotNull();
            assertThat(in.readAllBytes()).isEqualTo(behind);
        }
    }

    @Property
    void readsBackWhatAProxyWouldWrite(
            @ForAll @Size(4) byte[] four,
            @ForAll @Size(16) byte[] sixteen,
            @ForAll @IntRange(max = 65_535) int source,
            @ForAll @IntRange(max = 65_535) int destination)
            throws IOException {
        String ports = String.format("%04x%04x", source, destination);
        ProxyHeader v4 = new ProxyHeader.Proxied(NumericAddress.of(four), source, NumericAddress.of(four), destination);
        String hex = HexFormat.of().formatHex(four);
        assertThat(read(octets("21 11 000c" + hex + hex + ports))).isEqualTo(v4);
        String text = NumericAddress.of(four).getHostAddress();
        assertThat(read(("PROXY TCP4 " + text + " " + text + " " + source + " " + destination + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(v4);
        String hex6 = HexFormat.of().formatHex(sixteen);
        assertThat(read(octets("21 21 0024" + hex6 + hex6 + ports)))
                .isEqualTo(new ProxyHeader.Proxied(
                        NumericAddress.of(sixteen), source, NumericAddress.of(sixteen), destination));
    }

    @Property(tries = 2_000)
    void neverFailsOtherwise(@ForAll @Size(max = 300) byte[] octets) {
        attempt(octets);
        byte[] one = octets.clone();
        byte[] begin = "PROXY TCP".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(begin, 0, one, 0, Math.min(begin.length, one.length));
        attempt(one);
        byte[] two = octets.clone();
        byte[] signature = HexFormat.of().parseHex(SIGNATURE);
        System.arraycopy(signature, 0, two, 0, Math.min(signature.length, two.length));
        attempt(two);
    }

    @Property
    void survivesEveryChangeOfOneOctet(@ForAll @IntRange(max = 46) int at, @ForAll @ByteRange byte octet) {
        byte[] one = "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n".getBytes(StandardCharsets.US_ASCII);
        one[at] = octet;
        attempt(one);
        byte[] two = octets("21 11 001f c0a80001 c0a8000b dc04 01bb" + "00".repeat(19));
        two[at] = octet;
        attempt(two);
    }

    private static void attempt(byte[] octets) {
        try {
            assertThat(read(octets)).isNotNull();
        } catch (IOException refused) {
            assertThat(refused).isInstanceOfAny(ProxyHeaderException.class, EOFException.class);
        }
    }

    private static ProxyHeader read(byte[] octets) throws IOException {
        return ProxyHeaderReader.read(new ByteArrayInputStream(octets), LIMIT);
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(SIGNATURE + hex.replace(" ", ""));
    }

    private static String shown(ProxyHeader header) {
        return switch (header) {
            case ProxyHeader.Direct() -> "direct";
            case ProxyHeader.Proxied(var source, int sourcePort, var destination, int destinationPort) ->
                source.getHostAddress() + " " + sourcePort + " " + destination.getHostAddress() + " " + destinationPort;
        };
    }
}
