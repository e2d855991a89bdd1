// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Headers in UTF-8 for clients that know only ASCII (RFC 6858 §2): a copy for reading, in which texts are encoded words, addresses that cannot be
 * written are told to be that, and fields of machines that cannot be written are left out. What is not UTF-8 is left alone: no rule says what it is.
 */
public final class DowngradedHeader {
    /** Who has an address that ASCII cannot write (RFC 6858 §2.1). */
    static final String INVALID_LOCAL_PART = "invalid";

    static final String INVALID_DOMAIN = "internationalized-address.invalid";

    private static final Set<String> ADDRESSES = Set.of(
            "from", "sender", "reply-to", "to", "cc", "bcc", "resent-from", "resent-sender", "resent-to", "resent-cc");

    /** An address alone, without a name (RFC 5322 §3.6.7). */
    private static final String RETURN_PATH = "return-path";

    /** Fields of a word and parameters (RFC 2045 §5.1, RFC 2183 §2). */
    private static final Set<String> WITH_PARAMETERS = Set.of("content-type", "content-disposition");

    /** Fields whose grammar has no place for encoded words. */
    private static final Set<String> FOR_MACHINES = Set.of(
            "message-id",
            "in-reply-to",
            "references",
            "resent-message-id",
            "received",
            "date",
            "resent-date",
            "mime-version",
            "content-transfer-encoding",
            "content-id",
            "dkim-signature",
            "authentication-results");

    private DowngradedHeader() {}

    /** The octets of a header in ASCII; the same array when they are that, or no UTF-8. */
    public static byte[] of(byte[] header) {
        if (isAscii(header, 0, header.length)) {
            return header;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(header.length);
        int start = 0;
        while (start < header.length) {
            int end = HeaderFields.endOfField(header, start);
            if (isAscii(header, start, end)) {
                out.write(header, start, end - start);
            } else {
                field(header, start, end, out);
            }
            start = end;
        }
        return out.toByteArray();
    }

    private static void field(byte[] header, int start, int end, ByteArrayOutputStream out) {
        Optional<String> text = utf8(header, start, end);
        int colon = text.map(field -> field.indexOf(':')).orElse(-1);
        if (text.isEmpty() || colon < 0 || !EncodedText.isAscii(text.get().substring(0, colon))) {
            out.write(header, start, end - start);
            return;
        }
        String name = text.get().substring(0, colon);
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (FOR_MACHINES.contains(lower)) {
            return;
        }
        String value = text.get().substring(colon + 1).replaceAll("[\r\n]+", "").strip();
        String ascii = value(lower, value);
        if (!ascii.isEmpty()) {
            out.writeBytes((name + ": " + ascii + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The value as ASCII can write it; empty when nothing is left of it. */
    private static String value(String field, String value) {
        if (field.equals(RETURN_PATH)) {
            return AddressList.parse(value).stream()
                    .map(DowngradedHeader::address)
                    .filter(address -> address.host() != null)
                    .map(DowngradedHeader::path)
                    .findFirst()
                    .orElse("");
        }
        if (WITH_PARAMETERS.contains(field)) {
            return parameters(value);
        }
        return ADDRESSES.contains(field) ? addresses(value) : EncodedText.folded(value);
    }

    /** A word and those of its parameters that are ASCII: the others are left out without a word (RFC 6858 §2.2). */
    private static String parameters(String value) {
        List<String> pieces = ParameterParser.split(value);
        return EncodedText.isAscii(pieces.getFirst())
                ? pieces.stream().filter(EncodedText::isAscii).collect(Collectors.joining(";\r\n "))
                : "";
    }

    private static String addresses(String value) {
        return AddressList.parse(value).stream()
                .map(DowngradedHeader::address)
                .filter(address -> address.host() != null)
                .map(DowngradedHeader::written)
                .collect(Collectors.joining(",\r\n "));
    }

    /** The address as ASCII can write it; a group's begin and end have no place among them. */
    public static Mailbox address(Mailbox address) {
        String name = address.name() == null ? null : EncodedText.of(address.name());
        String mailbox = address.mailbox();
        String host = address.host();
        if (mailbox == null || host == null) {
            return new Mailbox(name, mailbox == null ? null : EncodedText.of(mailbox), host);
        }
        Optional<String> domain = ascii(host);
        return EncodedText.isAscii(mailbox) && domain.isPresent()
                ? new Mailbox(name, mailbox, domain.get(), asciiRoute(address))
                : new Mailbox(told(name, mailbox, host), INVALID_LOCAL_PART, INVALID_DOMAIN);
    }

    /** A name that tells whose address it was: the name that is there, or the address itself. */
    private static String told(@Nullable String name, String mailbox, String host) {
        return name == null || name.isEmpty() ? EncodedText.of(mailbox + "@" + host) : name;
    }

    /**
     * A domain of U-labels has a name in ASCII that leads to the same place (RFC 5890 §2.3.2.1). Where the way back leads elsewhere it does not: the
     * JDK follows IDNA of 2003, which takes a sharp s for two of the others, and who has that domain is somebody else.
     */
    private static Optional<String> ascii(String host) {
        if (EncodedText.isAscii(host)) {
            return Optional.of(host);
        }
        try {
            String ascii = IDN.toASCII(host);
            return IDN.toUnicode(ascii).equalsIgnoreCase(Normalizer.normalize(host, Normalizer.Form.NFC))
                    ? Optional.of(ascii)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String asciiRoute(Mailbox address) {
        String route = address.route();
        return route != null && EncodedText.isAscii(route) ? route : null;
    }

    private static String written(Mailbox address) {
        String route = path(address);
        String name = address.name();
        if (name == null || name.isEmpty()) {
            return route;
        }
        return (name.startsWith("=?") ? name.replace(" ", "\r\n ") : quoted(name)) + " " + route;
    }

    private static String path(Mailbox address) {
        String mailbox = String.valueOf(address.mailbox());
        String local = mailbox.matches("[\\w.!#$%&'*+/=?^`{|}~-]+") ? mailbox : quoted(mailbox);
        return "<" + local + "@" + address.host() + ">";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Optional<String> utf8(byte[] octets, int start, int end) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, start, end - start))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isAscii(byte[] octets, int start, int end) {
        for (int i = start; i < end; i++) {
            if (octets[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
