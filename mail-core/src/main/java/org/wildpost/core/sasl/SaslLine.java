// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import java.util.Base64;

/** A client's line in an exchange, as SMTP, IMAP, POP3 carry it (RFC 4954 §4, RFC 9051 §6.2.2, RFC 5034 §4). */
public sealed interface SaslLine {
    /** The decoded message. */
    record Response(byte[] octets) implements SaslLine {}

    /** The client gave up with {@code *}. */
    record Cancelled() implements SaslLine {}

    /** Not Base64. */
    record NotBase64() implements SaslLine {}

    /** Reads a line of an exchange. */
    static SaslLine parse(String line) {
        return line.equals("*") ? new Cancelled() : decode(line);
    }

    /** Reads an initial response, in which {@code =} stands for no octets (RFC 4954 §4). */
    static SaslLine parseInitial(String argument) {
        return argument.equals("=") ? new Response(new byte[0]) : decode(argument);
    }

    private static SaslLine decode(String text) {
        try {
            return text.length() % 4 == 0 ? new Response(Base64.getDecoder().decode(text)) : new NotBase64();
        } catch (IllegalArgumentException e) {
            return new NotBase64();
        }
    }
}
