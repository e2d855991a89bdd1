// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.nio.charset.StandardCharsets;

/** Messages of a size, ready to be sent: dots stuffed, the end of data behind them. */
final class Messages {
    private static final String LINE = "The quick brown fox jumps over the lazy dog, and over the hedge as well.\r\n";

    private Messages() {}

    /** A plain message of about that many octets. */
    static byte[] plain(int size, String sender, String recipient, String id) {
        StringBuilder text = new StringBuilder(size + 16)
                .append("From: ")
                .append(sender)
                .append("\r\nTo: ")
                .append(recipient)
                .append("\r\nSubject: ")
                .append(id)
                .append("\r\nMessage-ID: <")
                .append(id)
                .append("@bench.example.org>")
                .append("\r\nDate: Tue, 24 Nov 2026 12:00:00 +0000")
                .append("\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
        while (text.length() + LINE.length() <= size) {
            text.append(LINE);
        }
        int rest = size - text.length() - 2;
        if (rest > 0) {
            text.append("x".repeat(rest)).append("\r\n");
        }
        return text.append(".\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
