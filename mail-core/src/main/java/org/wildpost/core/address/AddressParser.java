// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.address;

import java.net.IDN;

/** The grammar of addresses: one method per rule of RFC 5321 §4.1.2 as RFC 6531 §3.3 widens it. */
final class AddressParser {
    /** Octets that a local part may have (RFC 5321 §4.5.3.1.1). */
    static final int MAX_LOCAL_PART = 64;

    private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~";

    private AddressParser() {}

    /** Mailbox = Local-part "@" ( Domain / address-literal ). */
    static EmailAddress mailbox(String text) {
        int at = localPartEnd(text);
        if (at >= text.length() || text.charAt(at) != '@') {
            throw new AddressException("an address needs '@' after its local part", at);
        }
        String local = unquote(text.substring(0, at));
        if (local.isEmpty()) {
            throw new AddressException("the local part is empty", 0);
        }
        if (local.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_LOCAL_PART) {
            throw new AddressException("the local part is longer than " + MAX_LOCAL_PART + " octets", 0);
        }
        return new EmailAddress(local, domain(text.substring(at + 1), at + 1));
    }

    static String quoteIfNeeded(String local) {
        if (isDotString(local)) {
            return local;
        }
        StringBuilder out = new StringBuilder(local.length() + 4).append('"');
        local.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append((char) c);
        });
        return out.append('"').toString();
    }

    /** Domain / address-literal; labels are let-dig-hyphen of 1 to 63 octets (RFC 1035 §2.3.4). */
    static DomainName domain(String text, int offset) {
        if (text.startsWith("[") && text.endsWith("]") && text.length() > 2) {
            return addressLiteral(text, offset);
        }
        String ascii;
        try {
            ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new AddressException("'" + text + "' is not a domain name", offset);
        }
        if (ascii.isEmpty() || ascii.length() > DomainName.MAX_LENGTH) {
            throw new AddressException("a domain has 1 to " + DomainName.MAX_LENGTH + " octets", offset);
        }
        for (String label : ascii.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > 63 || label.startsWith("-") || label.endsWith("-")) {
                throw new AddressException("'" + text + "' is not a domain name", offset);
            }
        }
        return DomainName.ofNormal(ascii);
    }

    private static DomainName addressLiteral(String text, int offset) {
        String inner = text.substring(1, text.length() - 1);
        boolean plausible =
                inner.chars().allMatch(c -> Character.isLetterOrDigit(c) && c < 0x80 || ".:-".indexOf(c) >= 0);
        if (!plausible) {
            throw new AddressException("'" + text + "' is not an address literal", offset);
        }
        return DomainName.ofNormal(text);
    }

    /** Index of the first character after Local-part = Dot-string / Quoted-string. */
    private static int localPartEnd(String text) {
        if (text.startsWith("\"")) {
            return quotedStringEnd(text);
        }
        int i = 0;
        while (i < text.length() && text.charAt(i) != '@') {
            char c = text.charAt(i);
            boolean dot = c == '.'
                    && i > 0
                    && text.charAt(i - 1) != '.'
                    && i + 1 < text.length()
                    && text.charAt(i + 1) != '@';
            if (!dot && !isAtext(c)) {
                throw new AddressException("'" + printable(c) + "' may not stand here in a local part", i);
            }
            i++;
        }
        return i;
    }

    private static int quotedStringEnd(String text) {
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\') {
                i++;
            } else if (c < 0x20 || c == 0x7f) {
                throw new AddressException("a control character may not stand in a quoted local part", i);
            }
        }
        throw new AddressException("the quoted local part is not closed", text.length());
    }

    private static String unquote(String local) {
        if (!local.startsWith("\"")) {
            return local;
        }
        StringBuilder out = new StringBuilder(local.length());
        for (int i = 1; i < local.length() - 1; i++) {
            char c = local.charAt(i);
            if (c == '\\') {
                c = local.charAt(++i);
            }
            if (c < 0x20 || c == 0x7f) {
                throw new AddressException("a control character may not stand in a quoted local part", i);
            }
            out.append(c);
        }
        return out.toString();
    }

    private static boolean isDotString(String local) {
        if (local.isEmpty() || local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
            return false;
        }
        return local.chars().allMatch(c -> c == '.' || isAtext((char) c));
    }

    private static boolean isAtext(char c) {
        return c > 0x7f && !Character.isISOControl(c)
                || c >= '0' && c <= '9'
                || c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || ATEXT.indexOf(c) >= 0;
    }

    private static String printable(char c) {
        return c < 0x20 || c == 0x7f ? String.format("\\x%02x", (int) c) : String.valueOf(c);
    }
}
