// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.sasl.Secret;

/** Lines to commands (RFC 5321 §4.1.1), whole, before any state is looked at. Stateless. */
final class SmtpParser {
    /** Quirk.SPACE_AFTER_COLON: old clients write {@code MAIL FROM: <a@b>}; spaces there are forgiven. */
    private static final Pattern PATH =
            Pattern.compile("(?i)(FROM|TO): *(<(?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\">])*+>)(?: +(.*))?");

    private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HELLO_NAME = Pattern.compile("[!-~]{1,255}");
    private static final Set<String> HTTP =
            Set.of("GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "DELETE", "PATCH", "TRACE");

    private SmtpParser() {}

    static SmtpCommand parse(byte[] line) throws SmtpSyntaxException {
        String text = text(line);
        int space = text.indexOf(' ');
        String verb = (space < 0 ? text : text.substring(0, space)).toUpperCase(Locale.ROOT);
        String rest = space < 0 ? "" : text.substring(space + 1).strip();
        return switch (verb) {
            case "EHLO" -> hello(rest, true);
            case "HELO" -> hello(rest, false);
            case "MAIL" -> mail(rest);
            case "RCPT" -> recipient(rest);
            case "DATA" -> alone(rest, new SmtpCommand.Data());
            case "BDAT" -> chunk(rest);
            case "AUTH" -> auth(rest);
            case "STARTTLS" -> alone(rest, new SmtpCommand.StartTls());
            case "RSET" -> alone(rest, new SmtpCommand.Reset());
            case "QUIT" -> alone(rest, new SmtpCommand.Quit());
            case "NOOP" -> new SmtpCommand.Noop();
            case "VRFY" -> new SmtpCommand.Verify();
            case "EXPN" -> new SmtpCommand.Expand();
            case "HELP" -> new SmtpCommand.Help();
            default -> HTTP.contains(verb) ? new SmtpCommand.HttpRequest() : new SmtpCommand.Unrecognised(verb);
        };
    }

    private static String text(byte[] line) throws SmtpSyntaxException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            if (text.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
                throw new SmtpSyntaxException(500, "5.5.2", "control characters in a command");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new SmtpSyntaxException(500, "5.5.2", "a command is ASCII, or UTF-8 with SMTPUTF8");
        }
    }

    private static SmtpCommand alone(String rest, SmtpCommand command) throws SmtpSyntaxException {
        if (!rest.isEmpty()) {
            throw new SmtpSyntaxException(501, "5.5.4", "this command takes no argument");
        }
        return command;
    }

    /** RFC 5321 §4.1.1.1; what the name says is not checked here, many clients know none of their own. */
    private static SmtpCommand hello(String rest, boolean extended) throws SmtpSyntaxException {
        if (!HELLO_NAME.matcher(rest).matches()) {
            throw new SmtpSyntaxException(501, "5.5.4", "a host name or address literal is missing");
        }
        return new SmtpCommand.Hello(rest, extended);
    }

    /** RFC 5321 §4.1.1.2. */
    private static SmtpCommand mail(String rest) throws SmtpSyntaxException {
        Matcher matcher = path(rest, "FROM");
        OptionalLong size = OptionalLong.empty();
        boolean smtpUtf8 = false;
        for (String parameter : parameters(matcher)) {
            String[] parts = parameter.split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            if (parts[0].equalsIgnoreCase("AUTH")) {
                // RFC 4954 §5: who wrote it first; kept by nobody here, which the RFC allows.
                continue;
            }
            switch (parts[0].toUpperCase(Locale.ROOT)) {
                case "SIZE" -> size = OptionalLong.of(size(value));
                case "BODY" -> body(value);
                case "SMTPUTF8" -> smtpUtf8 = noValue(parameter, parts);
                default -> throw new SmtpSyntaxException(555, "5.5.4", "the parameter " + parts[0] + " is not offered");
            }
        }
        String address = inside(matcher);
        ReversePath path = address.isEmpty() ? ReversePath.NULL : new ReversePath(Optional.of(address(address)));
        return new SmtpCommand.Mail(path, size, smtpUtf8);
    }

    /** RFC 5321 §4.1.1.3. */
    private static SmtpCommand recipient(String rest) throws SmtpSyntaxException {
        Matcher matcher = path(rest, "TO");
        for (String parameter : parameters(matcher)) {
            throw new SmtpSyntaxException(555, "5.5.4", "the parameter " + parameter + " is not offered");
        }
        String address = inside(matcher);
        if (address.equalsIgnoreCase("postmaster")) {
            return new SmtpCommand.Recipient(Optional.empty());
        }
        return new SmtpCommand.Recipient(Optional.of(address(address)));
    }

    private static Matcher path(String rest, String word) throws SmtpSyntaxException {
        Matcher matcher = PATH.matcher(rest);
        if (!matcher.matches() || !matcher.group(1).equalsIgnoreCase(word)) {
            throw new SmtpSyntaxException(501, "5.5.4", "write " + word + ":<address>");
        }
        return matcher;
    }

    private static String[] parameters(Matcher matcher) {
        String parameters = matcher.group(3);
        return parameters == null || parameters.isBlank()
                ? new String[0]
                : parameters.strip().split(" +");
    }

    private static String inside(Matcher matcher) {
        String path = matcher.group(2);
        return path.substring(1, path.length() - 1);
    }

    /** Path, its source route dropped as RFC 5321 appendix C asks. */
    private static EmailAddress address(String text) throws SmtpSyntaxException {
        int colon = text.startsWith("@") ? text.indexOf(':') : -1;
        try {
            return EmailAddress.parse(text.substring(colon + 1));
        } catch (AddressException e) {
            throw new SmtpSyntaxException(553, "5.1.3", "this is not an address: " + e.getMessage());
        }
    }

    private static long size(String value) throws SmtpSyntaxException {
        if (!SIZE.matcher(value).matches()) {
            throw new SmtpSyntaxException(501, "5.5.4", "SIZE is a number of octets");
        }
        return Long.parseLong(value);
    }

    private static void body(String value) throws SmtpSyntaxException {
        if (!value.equalsIgnoreCase("7BIT") && !value.equalsIgnoreCase("8BITMIME")) {
            throw new SmtpSyntaxException(501, "5.5.4", "BODY is 7BIT or 8BITMIME");
        }
    }

    private static boolean noValue(String parameter, String[] parts) throws SmtpSyntaxException {
        if (parts.length != 1) {
            throw new SmtpSyntaxException(501, "5.5.4", parameter + " takes no value");
        }
        return true;
    }

    /** RFC 3030 §2. */
    private static SmtpCommand chunk(String rest) throws SmtpSyntaxException {
        String[] words = rest.split(" +");
        boolean last = words.length == 2 && words[1].equalsIgnoreCase("LAST");
        if (!SIZE.matcher(words[0]).matches() || words.length > 2 || (words.length == 2 && !last)) {
            throw new SmtpSyntaxException(501, "5.5.4", "write BDAT size or BDAT size LAST");
        }
        return new SmtpCommand.Chunk(Long.parseLong(words[0]), last);
    }

    /** RFC 4954 §4. */
    private static SmtpCommand auth(String rest) throws SmtpSyntaxException {
        String[] words = rest.split(" +");
        if (rest.isEmpty() || words.length > 2) {
            throw new SmtpSyntaxException(501, "5.5.4", "write AUTH mechanism [initial-response]");
        }
        return new SmtpCommand.Auth(words[0], words.length == 2 ? Optional.of(new Secret(words[1])) : Optional.empty());
    }
}
