// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
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

    private static final Pattern CHUNK_SIZE = Pattern.compile("[0-9]{1,18}");
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
            case "EHLO" -> hello(rest, SmtpCommand.Dialect.EHLO);
            case "HELO" -> hello(rest, SmtpCommand.Dialect.HELO);
            case "LHLO" -> hello(rest, SmtpCommand.Dialect.LHLO);
            case "MAIL" -> mail(rest);
            case "RCPT" -> recipient(rest);
            case "DATA" -> alone(rest, new SmtpCommand.Data());
            case "BDAT" -> chunk(rest);
            case "AUTH" -> auth(rest);
            case "STARTTLS" -> alone(rest, new SmtpCommand.StartTls());
            case "XCLIENT" -> new SmtpCommand.Forwarded(XclientAttribute.parse(rest));
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
            throw SmtpSyntaxException.argument("this command takes no argument");
        }
        return command;
    }

    /** RFC 5321 §4.1.1.1, RFC 2033 §4.1; what the name says is not checked here, many clients know none of their own. */
    private static SmtpCommand hello(String rest, SmtpCommand.Dialect dialect) throws SmtpSyntaxException {
        if (!HELLO_NAME.matcher(rest).matches()) {
            throw SmtpSyntaxException.argument("a host name or address literal is missing");
        }
        return new SmtpCommand.Hello(rest, dialect);
    }

    /** RFC 5321 §4.1.1.2. */
    private static SmtpCommand mail(String rest) throws SmtpSyntaxException {
        Matcher matcher = path(rest, "FROM");
        MailParameters parameters = MailParameterParser.parse(parameters(matcher));
        String address = inside(matcher);
        ReversePath path = address.isEmpty() ? ReversePath.NULL : new ReversePath(Optional.of(address(address)));
        return new SmtpCommand.Mail(path, parameters);
    }

    /** RFC 5321 §4.1.1.3. */
    private static SmtpCommand recipient(String rest) throws SmtpSyntaxException {
        Matcher matcher = path(rest, "TO");
        RecipientParameters parameters = RecipientParameters.parse(parameters(matcher));
        String address = inside(matcher);
        if (address.equalsIgnoreCase("postmaster")) {
            return new SmtpCommand.Recipient(Optional.empty(), parameters);
        }
        return new SmtpCommand.Recipient(Optional.of(address(address)), parameters);
    }

    private static Matcher path(String rest, String word) throws SmtpSyntaxException {
        Matcher matcher = PATH.matcher(rest);
        if (!matcher.matches() || !matcher.group(1).equalsIgnoreCase(word)) {
            throw SmtpSyntaxException.argument("write " + word + ":<address>");
        }
        return matcher;
    }

    private static String parameters(Matcher matcher) {
        String parameters = matcher.group(3);
        return parameters == null ? "" : parameters;
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

    /** RFC 3030 §2. */
    private static SmtpCommand chunk(String rest) throws SmtpSyntaxException {
        String[] words = rest.split(" +");
        boolean last = words.length == 2 && words[1].equalsIgnoreCase("LAST");
        if (!CHUNK_SIZE.matcher(words[0]).matches() || words.length > 2 || (words.length == 2 && !last)) {
            throw SmtpSyntaxException.argument("write BDAT size or BDAT size LAST");
        }
        return new SmtpCommand.Chunk(Long.parseLong(words[0]), last);
    }

    /** RFC 4954 §4. */
    private static SmtpCommand auth(String rest) throws SmtpSyntaxException {
        String[] words = rest.split(" +");
        if (rest.isEmpty() || words.length > 2) {
            throw SmtpSyntaxException.argument("write AUTH mechanism [initial-response]");
        }
        return new SmtpCommand.Auth(words[0], words.length == 2 ? Optional.of(new Secret(words[1])) : Optional.empty());
    }
}
