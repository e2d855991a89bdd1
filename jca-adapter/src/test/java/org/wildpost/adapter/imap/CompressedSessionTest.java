// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wildpost.adapter.net.LineClient;
import org.wildpost.adapter.net.LoopbackListener;
import org.wildpost.core.mime.MimeIndexer;

/** RFC 4978 with everything around it: TLS below, literals in both directions, IDLE with news, and its end (RFC 8437 §4.1). */
@Timeout(60)
class CompressedSessionTest {
    private final MemoryMail mail = new MemoryMail(MimeIndexer::index);

    private static String upTo(LineClient client, String tag) throws IOException {
        StringBuilder all = new StringBuilder();
        String line;
        do {
            line = client.readLine();
            all.append(line).append('\n');
        } while (!line.startsWith(tag + " "));
        return all.toString();
    }

    @Test
    void goesOnCompressed(@TempDir Path folder) throws IOException {
        ImapSettings settings = new ImapSettings("mail.demo.test", folder, false, ImapLimits.DEFAULTS);
        ImapConversation conversation =
                new ImapConversation(settings, mail, new AnswerCache(100_000, new java.util.SplittableRandom(1)));
        String body = "the same line again and again\r\n".repeat(30_000);
        try (LoopbackListener listener = LoopbackListener.implicitTls(conversation);
                LineClient client = listener.client().startTls()) {
            client.readLine();
            client.write("a LOGIN alice@demo.test wildpost\r\nb COMPRESS DEFLATE\r\n");
            upTo(client, "a");
            assertThat(client.readLine()).startsWith("b OK ");
            client.deflate();
            client.write("c APPEND INBOX {" + (body.length() + 2) + "+}\r\n\r\n" + body + "\r\nd SELECT INBOX\r\n");
            assertThat(upTo(client, "c")).startsWith("c OK [APPENDUID ");
            assertThat(upTo(client, "d")).contains("* 1 EXISTS\n");
            assertThat(upTo(client.write("e FETCH 1 BODY.PEEK[TEXT]\r\n"), "e"))
                    .contains("BODY[TEXT] {" + body.length() + "}\n" + body.replace("\r", "") + ")\n");
            client.write("f IDLE\r\n");
            assertThat(client.readLine()).startsWith("+ ");
            mail.deliver("INBOX", "Subject: new\r\n\r\n");
            assertThat(client.readLine()).isEqualTo("* 2 EXISTS");
            assertThat(client.readLine()).isEqualTo("* 2 RECENT");
            assertThat(upTo(client.write("DONE\r\n"), "f")).startsWith("f OK ");
            assertThat(upTo(client.write("g COMPRESS DEFLATE\r\n"), "g")).startsWith("g NO [COMPRESSIONACTIVE]");
            // RFC 8437 §4.1: whoever comes next begins without.
            assertThat(upTo(client.write("g2 UNAUTHENTICATE\r\n"), "g2")).startsWith("g2 OK ");
            client.uncompressed();
            assertThat(upTo(client.write("g3 NOOP\r\n"), "g3")).startsWith("g3 OK ");
            assertThat(upTo(client.write("g4 LOGIN bob@demo.test wildpost\r\n"), "g4"))
                    .startsWith("g4 OK ");
            assertThat(upTo(client.write("g5 COMPRESS DEFLATE\r\n"), "g5")).startsWith("g5 OK ");
            client.deflate();
            assertThat(upTo(client.write("h LOGOUT\r\n"), "h")).startsWith("* BYE ");
            assertThat(client.readToEnd()).isEmpty();
            assertThat(listener.faults()).isEmpty();
        }
    }
}
