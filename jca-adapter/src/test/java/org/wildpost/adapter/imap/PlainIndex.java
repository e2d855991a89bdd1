// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.Envelope;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimePart;

/** An index of messages that are one plain text, for tests that do not look at structure. */
final class PlainIndex {
    private PlainIndex() {}

    static MessageIndex of(SpooledMessage message) throws IOException {
        String text;
        try (InputStream in = message.open()) {
            text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        int empty = text.indexOf("\r\n\r\n");
        int body = text.startsWith("\r\n") ? 2 : empty < 0 ? text.length() : empty + 4;
        String subject = text.lines()
                .filter(line -> line.startsWith("Subject: "))
                .map(line -> Cursor.utf8(line.substring(9)))
                .findFirst()
                .orElse(null);
        Envelope envelope = new Envelope(
                null, subject, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null);
        MimePart root =
                part(0, body, text.length() - body, text.substring(body).lines().count());
        return new MessageIndex(text.length(), envelope, root, Optional.empty(), "", 0, "", false);
    }

    static MimePart part(long header, long body, long length, long lines) {
        return new MimePart(
                "text",
                "plain",
                Map.of("charset", "us-ascii"),
                null,
                null,
                "7bit",
                null,
                null,
                List.of(),
                null,
                header,
                body,
                length,
                lines,
                null,
                List.of());
    }
}
