// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4978 §4 against what others make of RFC 1951: {@code java.util.zip} as a client has it, over sockets and without them. */
@Timeout(60)
class CompressionTest {
    /** Repeats lines and sized blocks ("=5" and five octets); "on" begins compression. */
    private static void echo(Connection connection) throws IOException {
        connection.idleTimeout(Duration.ofSeconds(10));
        while (true) {
            connection.flush();
            String line;
            try {
                line = connection.readLine(1_000).latin1();
            } catch (Connection.LineTooLongException e) {
                connection.write("too long\r\n");
                continue;
            }
            if (line.startsWith("=")) {
                byte[] block = new byte[Integer.parseInt(line.substring(1))];
                int filled = 0;
                while (filled < block.length) {
                    filled += connection.read(block, filled, block.length - filled);
                }
                connection.write(block, 0, block.length);
            } else {
                connection.write(line + "\r\n");
            }
            if (line.equals("on")) {
                connection.flush();
                connection.startCompression();
            }
        }
    }

    private static LineClient compressed(LoopbackListener listener, boolean tls) throws IOException {
        LineClient client = listener.client();
        if (tls) {
            client.startTls();
        }
        assertThat(client.write("on\r\n").readLine()).isEqualTo("on");
        return client.deflate();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void talksCompressedInBothDirections(boolean tls) throws IOException {
        try (LoopbackListener listener = tls
                        ? LoopbackListener.implicitTls(CompressionTest::echo)
                        : LoopbackListener.plain(CompressionTest::echo);
                LineClient client = compressed(listener, tls)) {
            Random random = new Random(4978);
            for (int i = 0; i < 300; i++) {
                String line = "line " + i + " abc".repeat(random.nextInt(200));
                assertThat(client.write(line + "\r\n").readLine()).isEqualTo(line);
            }
            client.write("a\r\nb\r\nc\r\n");
            assertThat(client.readLine() + client.readLine() + client.readLine())
                    .isEqualTo("abc");
            byte[] noise = new byte[700_000];
            random.nextBytes(noise);
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (byte) (noise[i] == '\n' || noise[i] < 0 ? 'x' : noise[i]);
            }
            client.write("=700002\r\n").write(noise).write("\r\n");
            assertThat(client.readLine()).isEqualTo(new String(noise, ISO_8859_1));
            assertThat(listener.faults()).isEmpty();
        }
    }

    @Test
    void boundsALineHoweverWellItIsPacked() throws IOException {
        try (LoopbackListener listener = LoopbackListener.plain(CompressionTest::echo);
                LineClient client = compressed(listener, false)) {
            client.write("x".repeat(20_000_000) + "\r\n");
            assertThat(client.readLine()).isEqualTo("too long");
            assertThat(client.write("still here\r\n").readLine()).isEqualTo("still here");
        }
    }

    @Test
    void endsAConnectionThatSendsSomethingElse() throws IOException {
        try (LoopbackListener listener = LoopbackListener.plain(CompressionTest::echo);
                LineClient client = listener.client()) {
            client.write("on\r\n").readLine();
            client.write("this is not deflated\r\n");
            assertThatThrownBy(client::readLine).isInstanceOf(EOFException.class);
            assertThat(listener.faults()).isEmpty();
        }
    }

    /** Packs as a client does, one stream for all. */
    private static final class Packer {
        private final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);

        byte[] pack(String text, int flush) {
            deflater.setInput(text.getBytes(ISO_8859_1));
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            byte[] buffer = new byte[1_000];
            int n;
            do {
                n = deflater.deflate(buffer, 0, buffer.length, flush);
                packed.write(buffer, 0, n);
            } while (n == buffer.length);
            return packed.toByteArray();
        }
    }

    /** A client's octets as they come in. */
    private static final class Wire extends InputStream {
        private ByteArrayInputStream next = new ByteArrayInputStream(new byte[0]);

        void carry(byte[] octets) {
            next = new ByteArrayInputStream(octets);
        }

        @Override
        public int read() {
            return next.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return next.read(buffer, offset, length);
        }

        @Override
        public int available() {
            return next.available();
        }
    }

    private static String text(InflatingInput in, int length) throws IOException {
        byte[] octets = new byte[length];
        int filled = 0;
        while (filled < length) {
            int n = in.read(octets, filled, length - filled);
            assertThat(n).isNotNegative();
            filled += n;
        }
        return new String(octets, ISO_8859_1);
    }

    @Test
    void letsTheDecompressorGoWhileTheClientIsSilentAndStillKnowsWhatTheClientRefersTo() throws IOException {
        Packer packer = new Packer();
        Wire wire = new Wire();
        try (InflatingInput in = new InflatingInput(wire)) {
            for (int i = 0; i < 50; i++) {
                String line = "a" + i + " UID FETCH 1:* (FLAGS MODSEQ) and more of the same\r\n";
                wire.carry(packer.pack(line, Deflater.SYNC_FLUSH));
                assertThat(text(in, line.length())).isEqualTo(line);
                assertThat(in.read(new byte[10], 0, 10)).as("nothing more").isNotPositive();
                in.rest();
                assertThat(in.isAwake()).isFalse();
            }
        }
    }

    @Test
    void keepsTheDecompressorWithinABlockAndOfAClientThatSaidMuch() throws IOException {
        Packer packer = new Packer();
        Wire wire = new Wire();
        try (InflatingInput in = new InflatingInput(wire)) {
            byte[] whole = packer.pack("first line\r\nsecond line\r\n", Deflater.SYNC_FLUSH);
            wire.carry(Arrays.copyOf(whole, whole.length - 3));
            text(in, 20);
            in.rest();
            assertThat(in.isAwake()).as("within a block").isTrue();
            wire.carry(Arrays.copyOfRange(whole, whole.length - 3, whole.length));
            text(in, 5);
            assertThat(in.read(new byte[10], 0, 10)).isNotPositive();
            in.rest();
            assertThat(in.isAwake()).isFalse();

            String much = "0123456789abcde\r\n".repeat(InflatingInput.HISTORY / 16);
            for (int i = 0; i < 5; i++) {
                wire.carry(packer.pack(much + i, Deflater.SYNC_FLUSH));
                assertThat(text(in, much.length() + 1)).isEqualTo(much + i);
                assertThat(in.read(new byte[10], 0, 10)).isNotPositive();
                in.rest();
                assertThat(in.isAwake()).isTrue();
            }
        }
    }

    @Test
    void keepsTheDecompressorThatHasMoreToGive() throws IOException {
        Wire wire = new Wire();
        try (InflatingInput in = new InflatingInput(wire)) {
            wire.carry(new Packer().pack("x".repeat(1_000), Deflater.SYNC_FLUSH));
            assertThat(in.read(new byte[10], 0, 10)).isEqualTo(10);
            in.rest();
            assertThat(text(in, 990)).isEqualTo("x".repeat(990));
        }
    }

    @Test
    void endsWithTheClientsStream() throws IOException {
        Wire wire = new Wire();
        try (InflatingInput in = new InflatingInput(wire)) {
            Packer packer = new Packer();
            packer.deflater.finish();
            wire.carry(packer.pack("", Deflater.NO_FLUSH));
            assertThat(in.read()).isEqualTo(-1);
        }
        try (InflatingInput in = new InflatingInput(wire)) {
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void flushesAllThatWasWrittenAndGivesTheCompressorBack() throws IOException, DataFormatException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        Inflater client = new Inflater(true);
        Random random = new Random(1951);
        try (DeflatingOutput out = new DeflatingOutput(wire)) {
            for (int i = 0; i < 200; i++) {
                byte[] said = new byte[random.nextInt(i % 20 == 0 ? 100_000 : 300)];
                for (int at = 0; at < said.length; at++) {
                    said[at] = (byte) random.nextInt(i % 3 == 0 ? 256 : 4);
                }
                int half = said.length / 2;
                out.write(said, 0, half);
                out.write(said, half, said.length - half);
                out.flush();
                assertThat(out.isAwake()).isFalse();
                client.setInput(wire.toByteArray());
                wire.reset();
                byte[] got = new byte[said.length + 10];
                int filled = 0;
                int n;
                do {
                    n = client.inflate(got, filled, got.length - filled);
                    filled += n;
                } while (n > 0);
                assertThat(Arrays.copyOf(got, filled)).isEqualTo(said);
            }
            out.flush();
            assertThat(wire.size()).as("nothing to say").isZero();
        }
        client.end();
    }
}
