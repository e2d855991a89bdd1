// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.wildpost.core.listener.smtp.Xtext;
import org.wildpost.core.net.NumericAddress;

/** What a neighbour says about the client for whom it speaks (Postfix, XCLIENT_README); values are xtext. */
sealed interface XclientAttribute {
    /** The names that are offered. LOGIN is not: who logs in does it here. */
    String OFFERED = "NAME ADDR PORT PROTO HELO DESTADDR DESTPORT";

    /** What is said of something that is not known. */
    String UNAVAILABLE = "[UNAVAILABLE]";

    /** Stands for an address that nobody knows, so that nobody's trust is lent to it. */
    InetAddress NO_ADDRESS = NumericAddress.of(new byte[4]);

    /** ADDR. */
    record Address(InetAddress address) implements XclientAttribute {}

    /** PORT; 0 when it is not known. */
    record Port(int port) implements XclientAttribute {}

    /** PROTO. */
    record Protocol(boolean extended) implements XclientAttribute {}

    /** HELO; empty when it is not known, and then the next greeting counts. */
    record Helo(Optional<String> name) implements XclientAttribute {}

    /** NAME, DESTADDR, DESTPORT: correct, but nothing here asks for them; LOGIN, when it says that nobody logged in. */
    record Noted(String name) implements XclientAttribute {}

    /**
     * Takes the argument of XCLIENT apart.
     *
     * @throws SmtpSyntaxException an attribute is unknown, malformed, or there twice
     */
    static List<XclientAttribute> parse(String text) throws SmtpSyntaxException {
        List<XclientAttribute> attributes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String word : text.strip().split(" +")) {
            String[] parts = word.split("=", 2);
            String name = parts[0].toUpperCase(Locale.ROOT);
            String value = parts.length < 2 ? "" : Xtext.decode(parts[1]).orElse("");
            if (value.isEmpty()) {
                throw SmtpSyntaxException.argument("write XCLIENT name=value");
            }
            if (!seen.add(name)) {
                throw SmtpSyntaxException.argument(name + " is there twice");
            }
            attributes.add(Grammar.attribute(name, value));
        }
        return attributes;
    }

    /** One method for each attribute. */
    final class Grammar {
        private static final Pattern NAME = Pattern.compile("[!-~]{1,255}");
        private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");
        private static final int MAX_PORT = 65_535;
        private static final String IPV6 = "IPV6:";

        private Grammar() {}

        static XclientAttribute attribute(String name, String value) throws SmtpSyntaxException {
            return switch (name) {
                case "NAME" -> name(value);
                case "ADDR" -> new Address(address(name, value));
                case "PORT" -> new Port(port(name, value));
                case "PROTO" -> protocol(value);
                case "HELO" -> helo(value);
                case "LOGIN" -> login(value);
                case "DESTADDR" -> {
                    address(name, value);
                    yield new Noted(name);
                }
                case "DESTPORT" -> {
                    port(name, value);
                    yield new Noted(name);
                }
                default -> throw SmtpSyntaxException.argument("XCLIENT knows " + OFFERED);
            };
        }

        private static boolean isUnavailable(String value) {
            return value.equalsIgnoreCase(UNAVAILABLE);
        }

        /** A host name, or that there is none, or that none could be asked for ({@code [TEMPUNAVAIL]}). */
        private static XclientAttribute name(String value) throws SmtpSyntaxException {
            if (!NAME.matcher(value).matches()) {
                throw SmtpSyntaxException.argument("NAME is a host name");
            }
            return new Noted("NAME");
        }

        private static InetAddress address(String name, String value) throws SmtpSyntaxException {
            if (isUnavailable(value)) {
                return NO_ADDRESS;
            }
            boolean six = value.regionMatches(true, 0, IPV6, 0, IPV6.length());
            return (six ? NumericAddress.v6(value.substring(IPV6.length())) : NumericAddress.v4(value))
                    .orElseThrow(() -> SmtpSyntaxException.argument(name + " is an IPv4 address, or IPV6: and one"));
        }

        private static int port(String name, String value) throws SmtpSyntaxException {
            if (isUnavailable(value)) {
                return 0;
            }
            if (!PORT.matcher(value).matches() || Integer.parseInt(value) > MAX_PORT) {
                throw SmtpSyntaxException.argument(name + " is a port");
            }
            return Integer.parseInt(value);
        }

        private static XclientAttribute protocol(String value) throws SmtpSyntaxException {
            return switch (value.toUpperCase(Locale.ROOT)) {
                case "SMTP" -> new Protocol(false);
                case "ESMTP" -> new Protocol(true);
                default -> throw SmtpSyntaxException.argument("PROTO is SMTP or ESMTP");
            };
        }

        private static XclientAttribute helo(String value) throws SmtpSyntaxException {
            if (isUnavailable(value)) {
                return new Helo(Optional.empty());
            }
            if (!NAME.matcher(value).matches()) {
                throw SmtpSyntaxException.argument("HELO is a host name or address literal");
            }
            return new Helo(Optional.of(value));
        }

        /** Nobody is let in on a neighbour's word. */
        private static XclientAttribute login(String value) throws SmtpSyntaxException {
            if (!isUnavailable(value)) {
                throw SmtpSyntaxException.argument("LOGIN is not believed here");
            }
            return new Noted("LOGIN");
        }
    }
}
