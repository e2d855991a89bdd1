// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and prefixes as RFC 4632 §3.1 and RFC 4291 §2 write them. */
class NetworksTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "::1, ::1, true",
        "::/0, 127.0.0.1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "::ffff:192.0.2.0/24, 192.0.2.9, true",
        "'10.0.0.0/8 , 192.168.0.0/16', 192.168.9.9, true",
        "'10.0.0.0/8,192.168.0.0/16', 172.16.0.1, false",
        "'', 127.0.0.1, false",
    })
    void knowsWhoIsInside(String networks, String address, boolean inside) {
        InetAddress who = NumericAddress.parse(address).orElseThrow();
        assertThat(Networks.parse(networks).contains(who)).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "::/129",
                "10.0.0.1/8",
                "2001:db8::1/64",
                "10.0.0.0/08",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0/8",
                "10.0.0.0.0",
                "256.0.0.1",
                "010.0.0.1",
                "localhost",
                "fe80::1%lo",
                "[::1]",
                "10.0.0.0/8,",
                ",",
                "10.0.0.0/8;::1",
                "::ffff:10.0.0.0/104"
            })
    void refusesWhatIsNotANetwork(String text) {
        assertThatThrownBy(() -> Networks.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesTheOneThatIsWrong() {
        assertThatThrownBy(() -> Networks.parse("10.0.0.0/8, here")).hasMessageContaining("'here' is not a network");
        assertThatThrownBy(() -> Networks.parse("10.1.0.0/8")).hasMessageContaining("10.1.0.0/8 has bits behind");
    }

    @Property
    void readsEveryAddressThatTheJdkWrites(@ForAll @Size(4) byte[] four, @ForAll @Size(16) byte[] sixteen) {
        for (InetAddress address : new InetAddress[] {NumericAddress.of(four), NumericAddress.of(sixteen)}) {
            assertThat(NumericAddress.parse(address.getHostAddress())).contains(address);
        }
    }

    @Property
    void containsItsFirstAddressAndReadsItselfBack(
            @ForAll @Size(16) byte[] octets, @ForAll @IntRange(max = 128) int prefix) {
        for (int bit = prefix; bit < 128; bit++) {
            octets[bit / 8] &= (byte) ~(1 << 7 - bit % 8);
        }
        InetAddress first = NumericAddress.of(octets);
        int bits = Math.min(prefix, first.getAddress().length * 8);
        Network network = new Network(first, first.getAddress().length == 4 ? 32 : bits);
        assertThat(network.contains(first)).isTrue();
        assertThat(Network.parse(network.toString())).isEqualTo(network);
    }

    @Property
    void neverFailsOtherwise(@ForAll String text) {
        try {
            assertThat(Networks.parse(text)).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }
}
