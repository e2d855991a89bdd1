// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a proxy sends, the connection ends, its place comes back, and nothing fails. */
class ProxyFuzzTest {
    private static final ConnectionLimits LIMITS = new ConnectionLimits(1_000, 1_000);
    private static LoopbackListener server;

    @BeforeContainer
    static void listen() throws IOException {
        server = LoopbackListener.with(
                LoopbackListener.settings(false).behind(ProxiedListenerTest.LOOPBACK),
                LIMITS,
                ProxiedListenerTest::tellPeer);
    }

    @AfterContainer
    static void stop() {
        server.close();
    }

    @Property(tries = 200)
    void survivesWhateverAProxySends(@ForAll byte[] octets) throws IOException {
        try (LineClient client = server.client()) {
            client.write(octets);
            client.finish();
            assertThat(ProxiedListenerTest.heard(client)).isEmpty();
        } catch (SocketException closedWhileWriting) {
            assertThat(closedWhileWriting).hasMessageNotContaining("refused");
        }
        ProxiedListenerTest.awaitEmpty(LIMITS);
        assertThat(server.faults()).isEmpty();
    }
}
