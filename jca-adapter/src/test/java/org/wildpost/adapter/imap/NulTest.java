// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NulTest {
    @ParameterizedTest
    @ValueSource(bytes = {1, 'a', 0x7f, (byte) 0x80, (byte) 0xff})
    void findsTheFirstWhereverItIs(byte other) {
        for (int length = 0; length < 40; length++) {
            for (int from = 0; from <= length; from++) {
                byte[] octets = new byte[length];
                Arrays.fill(octets, other);
                assertThat(Nul.find(octets, from, length)).isEqualTo(length);
                for (int nul = from; nul < length; nul++) {
                    octets[nul] = 0;
                    assertThat(Nul.find(octets, from, length)).isEqualTo(nul);
                    assertThat(Nul.find(octets, from, nul)).as("behind the end").isEqualTo(nul);
                    if (nul > from) {
                        octets[from] = 0;
                        assertThat(Nul.find(octets, from, length)).isEqualTo(from);
                        octets[from] = other;
                    }
                    octets[nul] = other;
                }
            }
        }
    }
}
