// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.search.BodyTerm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Somebody with an account who submits with swaks and reads over IMAP. */
record Owner(Instance server, String address) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Submits on port 587 with STARTTLS and a login; more options of swaks may follow. */
    Tool.Result submit(String recipient, String subject, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--server",
                "127.0.0.1:" + server.port(587),
                "--tls",
                "--auth",
                "PLAIN",
                "--auth-user",
                address,
                "--auth-password",
                "wildpost",
                "--from",
                address,
                "--to",
                recipient,
                "--header",
                "Subject: " + subject,
                "--body",
                "words"));
        arguments.addAll(List.of(options));
        Tool.Result result = Tool.installed("swaks").run(arguments.toArray(String[]::new));
        assertThat(result.exit()).as(result.output()).isZero();
        return result;
    }

    /** Waits for a message in the INBOX whose octets have some words; all of it as text. */
    String received(String words) throws MessagingException, IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> found = all(words);
        while (found.isEmpty()) {
            assertThat(System.nanoTime())
                    .as("no mail to " + address + " with " + words)
                    .isLessThan(deadline);
            Rest.pause();
            found = all(words);
        }
        return found.getFirst();
    }

    /** Every message of the INBOX with some words in its header or its text. */
    List<String> all(String words) throws MessagingException, IOException {
        List<String> found = new ArrayList<>();
        try (Store store = MailClient.imap(server, address);
                Folder inbox = MailClient.inbox(store, Folder.READ_ONLY)) {
            for (Message message : inbox.search(
                    new jakarta.mail.search.OrTerm(new jakarta.mail.search.SubjectTerm(words), new BodyTerm(words)))) {
                ByteArrayOutputStream octets = new ByteArrayOutputStream();
                message.writeTo(octets);
                found.add(octets.toString(StandardCharsets.ISO_8859_1));
            }
        }
        return found;
    }
}
