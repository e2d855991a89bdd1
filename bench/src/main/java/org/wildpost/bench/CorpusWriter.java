// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Writes one message of the {@link Corpus}. For one message and one thread. */
final class CorpusWriter {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", java.util.Locale.ENGLISH);
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'});
    private static final int KINDS = 8;
    private static final int PEOPLE = 200;
    private static final int SUBJECTS_ENCODED_EVERY = 7;
    private static final int TAIL = 60;
    /** Characters of one encoded word. */
    private static final int ENCODED = 36;

    private final int index;
    private final Random random;
    private final CorpusWords words;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(Corpus.SIZE + 256);
    private final CorpusMessage facts;
    private int leaves = 1;

    CorpusWriter(Corpus corpus, int index) {
        this.index = index;
        this.random = new Random(0x5DEECE66DL + index);
        this.words = new CorpusWords(random);
        this.facts = new CorpusMessage(
                index, new byte[0], Corpus.messageId(index), corpus.sent(index), Corpus.arrived(index), 1);
    }

    CorpusMessage message() {
        header();
        body();
        return new CorpusMessage(index, out.toByteArray(), facts.messageId(), facts.sent(), facts.arrived(), leaves);
    }

    private void header() {
        String sender = address(Math.floorMod(index * 31, PEOPLE));
        String recipient = address(PEOPLE + index % 3);
        field("Return-Path", "<" + sender + ">");
        for (int hop = 0; hop < 3; hop++) {
            field(
                    "Received",
                    "from relay" + hop + ".example.org (relay" + hop + ".example.org [192.0.2." + (hop + 1)
                            + "])\r\n\tby mx"
                            + hop + ".example.net (Postfix) with ESMTPS id " + hex(11) + "\r\n\tfor <" + recipient
                            + ">; "
                            + date(0));
        }
        field(
                "DKIM-Signature",
                "v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org;\r\n\ts=mail; t="
                        + facts.sent().getEpochSecond() + "; h=from:to:subject:date:message-id;\r\n\tbh=" + token(32)
                        + ";\r\n\tb=" + folded(256));
        field(
                "Authentication-Results",
                "mx.example.net; dkim=pass header.d=example.org;\r\n\tspf=pass smtp.mailfrom=" + sender);
        field("Date", date(index % 5 - 2));
        field("From", person(Math.floorMod(index * 31, PEOPLE)));
        field("To", person(PEOPLE + index % 3));
        if (index % 4 == 1) {
            field("Cc", person(index % PEOPLE) + ",\r\n\t" + person((index + 7) % PEOPLE));
        }
        field("Subject", subject());
        field("Message-ID", facts.messageId());
        List<Integer> ancestors = Corpus.ancestors(index);
        if (!ancestors.isEmpty()) {
            field("In-Reply-To", Corpus.messageId(ancestors.getLast()));
            field("References", ancestors.stream().map(Corpus::messageId).collect(Collectors.joining("\r\n\t")));
        }
        field("X-Mailer", "Bench Mail " + index % 9 + ".2.1");
        field("MIME-Version", "1.0");
    }

    /** Every conversation has a subject of its own, and some of them one outside of ASCII. */
    private String subject() {
        int root = Corpus.root(index);
        CorpusWords choice = new CorpusWords(new Random(root));
        String word = Corpus.subjectMatches(index) ? " " + Corpus.SUBJECT_WORD : "";
        String plain = choice.some(4) + word + " no. " + root;
        String prefix = root == index ? "" : "Re: ";
        return root % SUBJECTS_ENCODED_EVERY == 2 ? prefix + encoded("Übersicht " + plain) : prefix + plain;
    }

    private void body() {
        int room = Corpus.SIZE - out.size();
        switch (index % KINDS) {
            case 0, 1, 2 -> quoted("text/plain", "us-ascii", "7bit", room);
            case 3 -> quoted("text/plain", "utf-8", "quoted-printable", room);
            case 4 -> quoted("text/plain", "iso-8859-1", "quoted-printable", room);
            case 5 -> alternative(room);
            case 6 -> attachment(room);
            default -> base64("text/plain", index % 16 == 7 ? "gb18030" : "utf-8", room);
        }
    }

    private void alternative(int room) {
        leaves = 2;
        String boundary = boundary("multipart/alternative");
        part(boundary);
        quoted("text/plain", "utf-8", "quoted-printable", room / 3);
        text("\r\n");
        part(boundary);
        quoted("text/html", "utf-8", "quoted-printable", Corpus.SIZE - out.size() - TAIL);
        text("\r\n--" + boundary + "--\r\n");
    }

    private void attachment(int room) {
        leaves = 2;
        String boundary = boundary("multipart/mixed");
        part(boundary);
        quoted("text/plain", "utf-8", "quoted-printable", room / 3);
        text("\r\n");
        part(boundary);
        text("Content-Type: application/pdf; name=\"report-" + index + ".pdf\"\r\nContent-Transfer-Encoding: base64\r\n"
                + "Content-Disposition: attachment; filename=\"report-" + index + ".pdf\"\r\n\r\n");
        byte[] octets = new byte[Math.max(76, (Corpus.SIZE - out.size() - TAIL) / 78 * 57)];
        random.nextBytes(octets);
        out.writeBytes(LINES.encode(octets));
        text("\r\n--" + boundary + "--\r\n");
    }

    private String boundary(String type) {
        String boundary = "=_" + hex(24);
        text("Content-Type: " + type + ";\r\n\tboundary=\"" + boundary
                + "\"\r\n\r\nThis is a message in MIME format.\r\n\r\n");
        return boundary;
    }

    private void part(String boundary) {
        text("--" + boundary + "\r\n");
    }

    /** A text of lines, in ASCII or with some words outside of it. */
    private void quoted(String type, String charset, String encoding, int room) {
        text("Content-Type: " + type + "; charset=" + charset + "\r\nContent-Transfer-Encoding: " + encoding
                + "\r\n\r\n");
        int end = out.size() + Math.max(200, room - 90);
        boolean html = type.endsWith("html");
        text(html ? "<html><body>\r\n" : "Hello,\r\n\r\n");
        if (Corpus.textMatches(index)) {
            text("we met in " + Corpus.TEXT_WORD + " last year.\r\n");
        }
        String foreign = charset.equals("utf-8") ? "caf=C3=A9" : "caf=E9";
        while (out.size() < end - TAIL) {
            String line = words.some(8);
            text(encoding.equals("7bit") || random.nextInt(4) > 0 ? line : line + " " + foreign);
            text(html ? " <br>\r\n" : "\r\n");
        }
        text(html ? "</body></html>\r\n" : "Regards\r\n");
    }

    private void base64(String type, String charset, int room) {
        text("Content-Type: " + type + "; charset=" + charset + "\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        StringBuilder plain = new StringBuilder("你好，\r\n\r\n");
        if (Corpus.textMatches(index)) {
            plain.append("we met in ").append(Corpus.TEXT_WORD).append(" last year.\r\n");
        }
        int length = room * 3 / 4 - 220;
        while (plain.length() < length) {
            plain.append(words.some(8))
                    .append(random.nextInt(4) == 0 ? " 会议记录和附件" : "")
                    .append("\r\n");
        }
        out.writeBytes(LINES.encode(plain.toString().getBytes(Charset.forName(charset))));
        text("\r\n");
    }

    private void field(String name, String value) {
        text(name + ": " + value + "\r\n");
    }

    private void text(String ascii) {
        out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private String date(int hoursEast) {
        return DATE.format(facts.sent().atOffset(ZoneOffset.ofHours(hoursEast)));
    }

    private static String address(int person) {
        return CorpusWords.name(person) + "." + person + "@example." + (person % 2 == 0 ? "org" : "com");
    }

    private static String person(int person) {
        String name = person % 11 == 0
                ? encoded("Jürgen " + CorpusWords.name(person + 5))
                : CorpusWords.name(person + 5) + " Example";
        return name + " <" + address(person) + ">";
    }

    /** Encoded words of at most 75 characters, one behind the other (RFC 2047 §2, §4.1). */
    private static String encoded(String text) {
        StringBuilder all = new StringBuilder();
        for (int from = 0; from < text.length(); from += ENCODED) {
            byte[] octets = text.substring(from, Math.min(from + ENCODED, text.length()))
                    .getBytes(StandardCharsets.UTF_8);
            all.append(from == 0 ? "" : "\r\n ")
                    .append("=?utf-8?B?")
                    .append(Base64.getEncoder().encodeToString(octets))
                    .append("?=");
        }
        return all.toString();
    }

    private String hex(int digits) {
        return random.ints(digits, 0, 16).mapToObj(Integer::toHexString).collect(Collectors.joining());
    }

    private String token(int octets) {
        byte[] some = new byte[octets];
        random.nextBytes(some);
        return Base64.getEncoder().encodeToString(some);
    }

    private String folded(int octets) {
        return token(octets).replaceAll("(.{70})", "$1\r\n\t ");
    }
}
