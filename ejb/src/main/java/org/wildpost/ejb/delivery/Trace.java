// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpService;

/**
 * The trace fields in front of one copy (RFC 5321 §4.4): Return-Path, Delivered-To, Received. Whatever a client wrote is made
 * harmless: no octet of it can end a line. An owner who submits stays hidden: neither the address nor the greeting of that device is told.
 */
final class Trace {
    /** Characters that a line should have at most (RFC 5322 §2.1.1). */
    static final int LINE = 78;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    /** What may stand as the client's name: domains, address literals, and the underscores of hosts that do not know better. */
    private static final Pattern PLAUSIBLE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}|\\[[A-Za-z0-9.:-]{1,60}]");

    private final String hostname;

    /**
     * @param hostname the name of this server
     */
    Trace(String hostname) {
        this.hostname = hostname;
    }

    /** The fields for one copy, each with its line end. */
    static byte[] fields(Letter letter, Expansion.Copy copy) {
        String returnPath = "<" + letter.reversePath() + ">";
        return fields(
                letter,
                Optional.of(returnPath),
                copy.through(),
                Optional.of(copy.path().address()));
    }

    /**
     * The fields of what leaves for another server, where no Return-Path stands (RFC 5321 §4.4).
     *
     * @param through   the addresses that pass it on, the first one first
     * @param recipient for whom it came here; empty where that is nobody else's business
     */
    static byte[] outgoing(Letter letter, List<EmailAddress> through, Optional<EmailAddress> recipient) {
        return fields(letter, Optional.empty(), through, recipient);
    }

    /**
     * The field that tells how a message came here, with its line end.
     *
     * @param recipient for whom; empty where that is nobody else's business
     */
    byte[] received(Delivery delivery, Optional<EmailAddress> recipient) {
        StringBuilder out = new StringBuilder(300);
        field(out, "Received:", pieces(delivery, recipient));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] fields(
            Letter letter, Optional<String> returnPath, List<EmailAddress> through, Optional<EmailAddress> recipient) {
        StringBuilder out = new StringBuilder(200);
        returnPath.ifPresent(path -> field(out, "Return-Path:", List.of(path)));
        for (EmailAddress address : through.reversed()) {
            field(out, "Delivered-To:", List.of(address.toString()));
        }
        byte[] before = out.toString().getBytes(StandardCharsets.UTF_8);
        byte[] received = letter.stamp().received(recipient);
        byte[] all = Arrays.copyOf(before, before.length + received.length);
        System.arraycopy(received, 0, all, before.length, received.length);
        return all;
    }

    /** Time-stamp-line, in the pieces between which it may be folded. */
    private List<String> pieces(Delivery delivery, Optional<EmailAddress> recipient) {
        SmtpEnvelope envelope = delivery.envelope();
        SmtpClient client = envelope.client();
        List<String> pieces = new ArrayList<>();
        if (client.login().isPresent()) {
            pieces.add("from authenticated");
        } else {
            String literal = literal(client.peer().address());
            pieces.add("from " + (PLAUSIBLE_NAME.matcher(client.helo()).matches() ? client.helo() : literal));
            pieces.add("(" + literal + ")");
        }
        client.peer().tls().map(Trace::tls).ifPresent(pieces::add);
        pieces.add("by " + hostname);
        pieces.add("with " + protocol(envelope));
        pieces.add("id " + delivery.id());
        recipient.ifPresent(address -> pieces.add("for <" + address + ">"));
        if (envelope.options().priority() != 0) {
            // RFC 6710 §4.1 and §7.
            pieces.add("PRIORITY " + envelope.options().priority());
        }
        pieces.add(pieces.removeLast() + ";");
        pieces.add(date(envelope.received()));
        return pieces;
    }

    private static String tls(Peer.Tls tls) {
        return "(using " + tls.protocol() + " with cipher " + tls.cipher() + ")";
    }

    /** RFC 3848 and RFC 6531 §4.3; without EHLO there is but SMTP, and LHLO is always extended. */
    static String protocol(SmtpEnvelope envelope) {
        SmtpClient client = envelope.client();
        if (!client.extended()) {
            return "SMTP";
        }
        boolean lmtp = client.service() == SmtpService.LMTP;
        return (envelope.smtpUtf8() ? lmtp ? "UTF8LMTP" : "UTF8SMTP" : lmtp ? "LMTP" : "ESMTP")
                + (client.peer().tls().isPresent() ? "S" : "")
                + (client.login().isPresent() ? "A" : "");
    }

    /** Address-literal (RFC 5321 §4.1.3). */
    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return "[" + (address instanceof Inet6Address ? "IPv6:" : "") + (scope < 0 ? text : text.substring(0, scope))
                + "]";
    }

    private static String date(Instant instant) {
        return DATE.format(instant.atOffset(ZoneOffset.UTC));
    }

    private static void field(StringBuilder out, String name, List<String> pieces) {
        out.append(name);
        int column = name.length();
        for (String piece : pieces) {
            String text = harmless(piece);
            boolean first = column == name.length();
            boolean fits = column + 1 + text.length() <= LINE;
            out.append(fits || first ? " " : "\r\n\t").append(text);
            column = (fits || first ? column : 0) + 1 + text.length();
        }
        out.append("\r\n");
    }

    private static String harmless(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> out.append(Character.isISOControl(c) ? '?' : (char) c));
        return out.toString();
    }
}
