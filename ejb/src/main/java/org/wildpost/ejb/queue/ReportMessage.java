// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/**
 * Writes a notification as a message: {@code multipart/report} (RFC 6522 §3) with the words, the facts (RFC 3464 §2) and what goes back of the
 * original. With addresses or a header beyond ASCII the parts are those of RFC 6533 §6. No octet of a remote's words or of the original can
 * begin a line of its own.
 */
final class ReportMessage {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'});

    /** Octets of an encoded word's text: with its frame it has at most 75 (RFC 2047 §2). */
    private static final int WORD_OCTETS = 45;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Report report;
    private final Returned returned;
    private final String hostname;
    private final boolean global;

    private ReportMessage(Report report, Returned returned, String hostname) {
        this.report = report;
        this.returned = returned;
        this.hostname = hostname;
        this.global = report.international() || returned.global();
    }

    /**
     * The message.
     *
     * @param id      unique on this server; names it and its boundary
     * @param subject one line
     * @param text    the words, with whatever line ends
     */
    static byte[] write(
            Report report, Returned returned, String hostname, String id, Instant now, String subject, String text) {
        ReportMessage message = new ReportMessage(report, returned, hostname);
        message.all(id, now, subject, text);
        return message.out.toByteArray();
    }

    private void all(String id, Instant now, String subject, String text) {
        String boundary = "=_report_" + id;
        line("From: Mail Delivery System <MAILER-DAEMON@" + hostname + ">");
        line("To: <" + report.to() + ">");
        line("Subject: " + header(subject));
        line("Date: " + DATE.format(now));
        line("Message-ID: <" + id + ".report@" + hostname + ">");
        if (Report.ascii(report.messageId()) && report.messageId().matches("<[^\\s<>]{1,900}>")) {
            line("In-Reply-To: " + report.messageId());
            line("References: " + report.messageId());
        }
        line("Auto-Submitted: auto-replied");
        line("MIME-Version: 1.0");
        line("Content-Type: multipart/report; report-type=" + (global ? "global-delivery-status" : "delivery-status")
                + ";");
        line("\tboundary=\"" + boundary + "\"");
        line("");
        line("--" + boundary);
        words(text);
        line("--" + boundary);
        facts();
        line("--" + boundary);
        original();
        line("--" + boundary + "--");
    }

    private void words(String text) {
        boolean ascii = Report.ascii(text) && text.lines().allMatch(one -> one.length() <= 990);
        line("Content-Type: text/plain; charset=" + (ascii ? "us-ascii" : "utf-8"));
        line("Content-Transfer-Encoding: " + (ascii ? "7bit" : "base64"));
        line("");
        String body = String.join("\r\n", text.lines().toList()) + "\r\n";
        if (ascii) {
            append(body);
        } else {
            append(LINES.encodeToString(body.getBytes(StandardCharsets.UTF_8)));
        }
        line("");
    }

    private void facts() {
        line("Content-Type: message/" + (global ? "global-delivery-status" : "delivery-status"));
        line("Content-Transfer-Encoding: " + (global ? "8bit" : "7bit"));
        line("");
        report.envelopeId().ifPresent(envid -> field("Original-Envelope-Id", envid));
        field("Reporting-MTA", "dns; " + hostname);
        field("Arrival-Date", DATE.format(report.arrived()));
        // RFC 2852 §5.
        report.deadline().ifPresent(moment -> field("Deliver-By-Date", DATE.format(moment)));
        for (Report.Recipient recipient : report.recipients()) {
            line("");
            facts(recipient);
        }
        line("");
    }

    private void facts(Report.Recipient recipient) {
        recipient
                .path()
                .original()
                .ifPresent(original -> field("Original-Recipient", original.type() + "; " + original.address()));
        String address = recipient.path().address().toString();
        field("Final-Recipient", (Report.ascii(address) ? "rfc822; " : "utf-8; ") + address);
        field("Action", recipient.action().text());
        field("Status", recipient.status());
        recipient.remote().ifPresent(host -> field("Remote-MTA", "dns; " + host));
        if (!recipient.reply().isBlank()) {
            field("Diagnostic-Code", (recipient.remote().isPresent() ? "smtp; " : "X-Wildpost; ") + recipient.reply());
        }
        recipient.lastAttempt().ifPresent(moment -> field("Last-Attempt-Date", DATE.format(moment)));
        field("Final-Log-ID", report.deliveryId());
        recipient.retryUntil().ifPresent(moment -> field("Will-Retry-Until", DATE.format(moment)));
    }

    private void original() {
        Returned back = returned;
        if (!back.whole() && !global) {
            back = back.asAscii();
        }
        String type = back.whole()
                ? (global ? "message/global" : "message/rfc822")
                : (global ? "message/global-headers" : "text/rfc822-headers");
        line("Content-Type: " + type);
        line("Content-Transfer-Encoding: " + (back.ascii() ? "7bit" : "8bit"));
        line("");
        out.writeBytes(back.octets());
        line("");
    }

    /** A field of the facts, folded at spaces. */
    private void field(String name, String value) {
        String clean = value.replaceAll("\\p{Cntrl}+", " ").strip();
        StringBuilder line = new StringBuilder(name).append(':');
        int length = line.length();
        for (String word : (global ? clean : clean.replaceAll("[^\\x00-\\x7f]", "?")).split(" ")) {
            for (String piece : pieces(word)) {
                if (length + 1 + piece.length() > 78 && length > name.length() + 1) {
                    line.append("\r\n");
                    length = 0;
                }
                line.append(' ').append(piece);
                length += 1 + piece.length();
            }
        }
        line(line.toString());
    }

    /** A word without a space may be longer than a line. */
    private static String[] pieces(String word) {
        return word.length() <= 400 ? new String[] {word} : word.split("(?<=\\G.{400})");
    }

    /** Text of a header field as encoded words (RFC 2047 §2) where it must be. */
    private static String header(String text) {
        String cut =
                text.length() > 250 ? text.substring(0, Character.isHighSurrogate(text.charAt(249)) ? 249 : 250) : text;
        if (Report.ascii(cut) && !cut.contains("=?")) {
            return cut;
        }
        StringBuilder encoded = new StringBuilder();
        StringBuilder word = new StringBuilder();
        int octets = 0;
        for (int c : cut.codePoints().toArray()) {
            String one = Character.toString(c);
            int size = one.getBytes(StandardCharsets.UTF_8).length;
            if (octets + size > WORD_OCTETS) {
                encoded.append(encoded.isEmpty() ? "" : "\r\n ").append(word(word.toString()));
                word.setLength(0);
                octets = 0;
            }
            word.append(one);
            octets += size;
        }
        return encoded.append(encoded.isEmpty() ? "" : "\r\n ")
                .append(word(word.toString()))
                .toString();
    }

    private static String word(String text) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    private void line(String text) {
        append(text);
        append("\r\n");
    }

    private void append(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
