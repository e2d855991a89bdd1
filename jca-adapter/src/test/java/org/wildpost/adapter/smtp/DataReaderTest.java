// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.wildpost.adapter.net.LineClient;
import org.wildpost.adapter.net.LoopbackListener;

/** Dots and ends of data against the plainest reading of RFC 5321 §4.5.2. */
class DataReaderTest {
    private static final AtomicReference<String> READ = new AtomicReference<>("");
    private static LoopbackListener listener;

    @BeforeContainer
    static void listen() throws IOException {
        listener = LoopbackListener.plain(connection -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new DataReader(connection, 1_000_000).copyUntilDot(out);
            READ.set(out.toString(StandardCharsets.ISO_8859_1));
            String line;
            do {
                line = connection.readLine(1_000_000).latin1();
                connection.write("[" + line + "]");
            } while (!line.equals("next"));
        });
    }

    @AfterContainer
    static void stop() {
        listener.close();
    }

    @Provide
    Arbitrary<String> octets() {
        return Arbitraries.strings().withChars('\r', '\n', '.', 'a').ofMaxLength(60);
    }

    /** The same by text: cut at the first end, then take the first dot of every line that begins with one. */
    @Property(tries = 500)
    void findsTheEndAndTheDotsThatAFullReadingFinds(@ForAll("octets") String text, @ForAll boolean apart)
            throws IOException {
        String sent = text + "\r\n.\r\n";
        String lines = "\r\n" + sent;
        int end = lines.indexOf("\r\n.\r\n");
        String expected = lines.substring(0, end + 2).replace("\r\n.", "\r\n").substring(2);
        try (LineClient client = listener.client()) {
            if (apart) {
                for (byte octet : sent.getBytes(StandardCharsets.US_ASCII)) {
                    client.write(new byte[] {octet});
                }
                client.write("next\n");
            } else {
                client.write(sent + "next\n");
            }
            String behind = (lines + "next\n").substring(end + 5);
            assertThat(client.readToEnd())
                    .isEqualTo("[" + behind.replaceAll("\r?\n", "][").replaceAll("\\[$", ""));
        }
        assertThat(READ.get()).isEqualTo(expected);
    }
}
