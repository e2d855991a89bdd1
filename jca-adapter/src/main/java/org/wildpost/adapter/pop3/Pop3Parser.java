// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.wildpost.adapter.net.Connection;
import org.wildpost.core.sasl.SaslPrep;
import org.wildpost.core.sasl.Secret;

/** From a line to a {@link Pop3Command} (RFC 1939 §9, RFC 2449 §4). Stateless; one method per rule. */
final class Pop3Parser {
    private static final Set<String> HTTP_METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private final String line;
    private final int argumentsAt;

    private Pop3Parser(String line) {
        this.line = line;
        int space = line.indexOf(' ');
        this.argumentsAt = space < 0 ? line.length() : space;
    }

    /** Reads one command. */
    static Pop3Command parse(Connection.Line line) throws Pop3SyntaxException {
        if (!line.crlf()) {
            throw new Pop3SyntaxException(Phrase.ENDS_IN_CRLF, line.octets().length);
        }
        String text = utf8(line.octets());
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new Pop3SyntaxException(Phrase.NO_CONTROL, i);
            }
        }
        return new Pop3Parser(text).command();
    }

    /** The server refuses what is not UTF-8 (RFC 6856 §2.2). */
    private static String utf8(byte[] octets) throws Pop3SyntaxException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Pop3SyntaxException(Phrase.NOT_UTF8, 0);
        }
    }

    private Pop3Command command() throws Pop3SyntaxException {
        String verb = line.substring(0, argumentsAt).toUpperCase(Locale.ROOT);
        return switch (verb) {
            case "CAPA" -> alone(new Pop3Command.Capa());
            case "QUIT" -> alone(new Pop3Command.Quit());
            case "STLS" -> alone(new Pop3Command.Stls());
            case "USER" -> new Pop3Command.User(preparable(text(Phrase.USER_ARGUMENT)));
            case "PASS" -> pass(text(Phrase.PASS_ARGUMENT));
            case "AUTH" -> auth();
            case "STAT" -> alone(new Pop3Command.Stat());
            case "LIST" -> new Pop3Command.Listing(optionalNumber());
            case "RETR" -> new Pop3Command.Retr(number(Phrase.RETR_ARGUMENT));
            case "DELE" -> new Pop3Command.Dele(number(Phrase.DELE_ARGUMENT));
            case "NOOP" -> alone(new Pop3Command.Noop());
            case "RSET" -> alone(new Pop3Command.Rset());
            case "TOP" -> top();
            case "UIDL" -> new Pop3Command.Uidl(optionalNumber());
            case "UTF8" -> alone(new Pop3Command.Utf8());
            case "LANG" -> lang();
            default -> HTTP_METHODS.contains(verb) ? new Pop3Command.HttpRequest() : new Pop3Command.Unrecognised(verb);
        };
    }

    private Pop3Command alone(Pop3Command command) throws Pop3SyntaxException {
        if (!line.substring(argumentsAt).isBlank()) {
            throw new Pop3SyntaxException(Phrase.NO_ARGUMENT, argumentsAt + 1);
        }
        return command;
    }

    /** The rest of the line as it is: RFC 1939 §7 lets a password have blanks. */
    private String text(Phrase problem) throws Pop3SyntaxException {
        if (argumentsAt + 1 >= line.length()) {
            throw new Pop3SyntaxException(problem, line.length());
        }
        return line.substring(argumentsAt + 1);
    }

    private Pop3Command pass(String password) throws Pop3SyntaxException {
        return new Pop3Command.Pass(new Secret(preparable(password)));
    }

    /** A name or password as it is, for who looks it up prepares it; what SASLprep does not allow is refused (RFC 6856 §2.2). */
    private String preparable(String text) throws Pop3SyntaxException {
        if (SaslPrep.prepare(text).isEmpty()) {
            throw new Pop3SyntaxException(Phrase.NOT_PREPARED, argumentsAt + 1);
        }
        return text;
    }

    /** "AUTH" mechanism [initial-response] (RFC 5034 §4). */
    private Pop3Command auth() throws Pop3SyntaxException {
        String[] words = words();
        return switch (words.length) {
            case 0 -> new Pop3Command.AuthList();
            case 1 -> new Pop3Command.Auth(words[0], Optional.empty());
            case 2 -> new Pop3Command.Auth(words[0], Optional.of(new Secret(words[1])));
            default -> throw new Pop3SyntaxException(Phrase.AUTH_ARGUMENT, argumentsAt);
        };
    }

    /** "LANG" [language-tag / "*"] (RFC 6856 §3.2). */
    private Pop3Command lang() throws Pop3SyntaxException {
        String[] words = words();
        if (words.length > 1) {
            throw new Pop3SyntaxException(Phrase.LANG_ARGUMENT, argumentsAt);
        }
        return new Pop3Command.Lang(words.length == 0 ? Optional.empty() : Optional.of(words[0]));
    }

    /** "TOP" msg n (RFC 1939 §7). */
    private Pop3Command top() throws Pop3SyntaxException {
        Phrase problem = Phrase.TOP_ARGUMENT;
        String[] words = words();
        if (words.length != 2) {
            throw new Pop3SyntaxException(problem, argumentsAt);
        }
        return new Pop3Command.Top(digits(words[0], problem), digits(words[1], problem));
    }

    private int number(Phrase problem) throws Pop3SyntaxException {
        String[] words = words();
        if (words.length != 1) {
            throw new Pop3SyntaxException(problem, argumentsAt);
        }
        return digits(words[0], problem);
    }

    private Optional<Integer> optionalNumber() throws Pop3SyntaxException {
        return words().length == 0 ? Optional.empty() : Optional.of(number(Phrase.ONE_NUMBER));
    }

    private String[] words() {
        String rest = line.substring(argumentsAt).strip();
        return rest.isEmpty() ? new String[0] : rest.split(" +");
    }

    /** A number in digits; one too great for any maildrop is the greatest that we can hold, and names no message. */
    private int digits(String word, Phrase problem) throws Pop3SyntaxException {
        if (word.isEmpty() || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Pop3SyntaxException(problem, line.indexOf(word, argumentsAt));
        }
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException tooGreat) {
            return Integer.MAX_VALUE;
        }
    }
}
