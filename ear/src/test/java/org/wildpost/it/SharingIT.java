// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One account reads and sorts in another's mailbox, on the whole server (RFC 4314, RFC 8440). */
@ExtendWith(DemoServer.class)
class SharingIT {
    private static final byte[] MESSAGE = "Subject: shared\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII);

    @Test
    void anotherReadsWithASeenOfTheirOwnUntilTheRightIsTakenAway(Instance server) throws IOException {
        String name = "team-" + UUID.randomUUID();
        String shared = "\"Other Users/alice@demo.test/" + name + "\"";
        try (ImapWire alice = new ImapWire(server, "alice@demo.test");
                ImapWire bob = new ImapWire(server, "bob@demo.test")) {
            alice.command("CREATE " + name);
            alice.append(name, "", MESSAGE);
            alice.append(name, "(\\Seen) ", MESSAGE);
            assertThat(bob.answers("SELECT " + shared).getLast()).contains(" NO [NONEXISTENT]");
            alice.command("SETACL " + name + " bob@demo.test lrstwi");

            assertThat(bob.command("LIST \"\" " + shared + " RETURN (MYRIGHTS STATUS (UNSEEN))"))
                    .containsExactly(
                            "* LIST (\\HasNoChildren) \"/\" " + shared,
                            "* MYRIGHTS " + shared + " lrswitd",
                            "* STATUS " + shared + " (UNSEEN 2)");
            bob.command("SELECT " + shared);
            assertThat(bob.command("STORE 1 +FLAGS (\\Seen \\Flagged)"))
                    .containsExactly("* 1 FETCH (FLAGS (\\Seen \\Flagged))");
            assertThat(bob.command("SEARCH UNSEEN SUBJECT shared")).containsExactly("* SEARCH 2");
            assertThat(bob.command("SORT (SUBJECT) UTF-8 ALL")).containsExactly("* SORT 1 2");
            bob.append(shared, "(\\Seen) ", MESSAGE);
            assertThat(bob.answers("COPY 1:2 INBOX").getLast()).contains(" OK [COPYUID ");
            assertThat(bob.answers("EXPUNGE").getLast()).contains(" NO [NOPERM]");

            alice.command("SELECT " + name);
            assertThat(alice.command("FETCH 1:3 (FLAGS)"))
                    .containsExactly(
                            "* 1 FETCH (FLAGS (\\Flagged \\Recent))",
                            "* 2 FETCH (FLAGS (\\Seen \\Recent))",
                            "* 3 FETCH (FLAGS (\\Recent))");
            alice.command("SETACL " + name + " bob@demo.test -st");
            assertThat(bob.answers("STORE 1 -FLAGS (\\Seen)").getLast()).contains(" NO [NOPERM]");
            alice.command("DELETEACL " + name + " bob@demo.test");
            bob.send("z NOOP\r\n");
            bob.await(line -> line.startsWith("* BYE"));
        }
    }
}
