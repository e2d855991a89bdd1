// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.Xtext;

/** The parameters of MAIL, one method for each. For one command. */
final class MailParameterParser {
    /** Characters of ENVID (RFC 3461 §4.4). */
    static final int MAX_ENVELOPE_ID = 100;

    /** Digits of a SIZE (RFC 1870 §5), and how many of them surely fit a long. */
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,20}");

    private static final int SURE_DIGITS = 18;
    private static final Pattern PRIORITY = Pattern.compile("0|-?[1-9]");
    /** future-release-integer (RFC 4865 §3): never 0. */
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,8}");

    private static final Pattern BY = Pattern.compile("([+-]?[0-9]{1,9});([NnRr])([Tt])?");

    /** date-time (RFC 3339 §5.6). */
    private static final Pattern DATE_TIME = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})",
            Pattern.CASE_INSENSITIVE);

    private final Set<SmtpExtension> used = EnumSet.noneOf(SmtpExtension.class);
    private OptionalLong size = OptionalLong.empty();
    private Optional<MailOptions.Body> body = Optional.empty();
    private boolean smtpUtf8;
    private Optional<MailOptions.Returned> returned = Optional.empty();
    private Optional<String> envelopeId = Optional.empty();
    private boolean requireTls;
    private OptionalInt priority = OptionalInt.empty();
    private Optional<MailParameters.Hold> hold = Optional.empty();
    private Optional<MailParameters.By> by = Optional.empty();

    private MailParameterParser() {}

    static MailParameters parse(String text) throws SmtpSyntaxException {
        MailParameterParser parser = new MailParameterParser();
        for (EsmtpParameter parameter : EsmtpParameter.parse(text)) {
            parser.used.add(parser.take(parameter));
        }
        return new MailParameters(
                parser.size,
                parser.body,
                parser.smtpUtf8,
                parser.returned,
                parser.envelopeId,
                parser.requireTls,
                parser.priority,
                parser.hold,
                parser.by,
                parser.used);
    }

    private SmtpExtension take(EsmtpParameter parameter) throws SmtpSyntaxException {
        return switch (parameter.keyword()) {
            case "SIZE" -> size(parameter);
            case "BODY" -> body(parameter);
            case "SMTPUTF8" -> smtpUtf8(parameter);
            case "RET" -> returned(parameter);
            case "ENVID" -> envelopeId(parameter);
            case "REQUIRETLS" -> requireTls(parameter);
            case "MT-PRIORITY" -> priority(parameter);
            case "HOLDFOR" -> holdFor(parameter);
            case "HOLDUNTIL" -> holdUntil(parameter);
            case "BY" -> by(parameter);
            case "AUTH" -> author(parameter);
            default -> throw parameter.unknown();
        };
    }

    /** RFC 1870 §6; what is beyond all bounds is too big, not malformed. */
    private SmtpExtension size(EsmtpParameter parameter) throws SmtpSyntaxException {
        String digits = parameter.matching(SIZE, "a number of octets").group();
        size = OptionalLong.of(digits.length() > SURE_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits));
        return SmtpExtension.SIZE;
    }

    /** RFC 6152 §2; BINARYMIME is of RFC 3030 §3. */
    private SmtpExtension body(EsmtpParameter parameter) throws SmtpSyntaxException {
        MailOptions.Body type = switch (parameter.required().toUpperCase(Locale.ROOT)) {
            case "7BIT" -> MailOptions.Body.SEVEN_BIT;
            case "8BITMIME" -> MailOptions.Body.EIGHT_BIT;
            case "BINARYMIME" -> MailOptions.Body.BINARY;
            default -> throw SmtpSyntaxException.argument("BODY is 7BIT, 8BITMIME or BINARYMIME");
        };
        body = Optional.of(type);
        return type == MailOptions.Body.BINARY ? SmtpExtension.BINARYMIME : SmtpExtension.EIGHT_BIT_MIME;
    }

    /** RFC 6531 §3.4. */
    private SmtpExtension smtpUtf8(EsmtpParameter parameter) throws SmtpSyntaxException {
        parameter.alone();
        smtpUtf8 = true;
        return SmtpExtension.SMTPUTF8;
    }

    /** RFC 3461 §4.3. */
    private SmtpExtension returned(EsmtpParameter parameter) throws SmtpSyntaxException {
        returned = Optional.of(
                switch (parameter.required().toUpperCase(Locale.ROOT)) {
                    case "FULL" -> MailOptions.Returned.FULL;
                    case "HDRS" -> MailOptions.Returned.HEADERS;
                    default -> throw SmtpSyntaxException.argument("RET is FULL or HDRS");
                });
        return SmtpExtension.DSN;
    }

    /** RFC 3461 §4.4: xtext of printable ASCII. */
    private SmtpExtension envelopeId(EsmtpParameter parameter) throws SmtpSyntaxException {
        String encoded = parameter.required();
        Optional<String> decoded = Xtext.decode(encoded).filter(MailParameterParser::isPrintable);
        if (encoded.length() > MAX_ENVELOPE_ID || decoded.isEmpty()) {
            throw SmtpSyntaxException.argument("ENVID is xtext of at most " + MAX_ENVELOPE_ID + " characters");
        }
        envelopeId = decoded;
        return SmtpExtension.DSN;
    }

    /** Graphic characters and white space of ASCII, as notifications can carry them (RFC 3461 §4.2, §4.4). */
    static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    /** RFC 8689 §2. */
    private SmtpExtension requireTls(EsmtpParameter parameter) throws SmtpSyntaxException {
        parameter.alone();
        requireTls = true;
        return SmtpExtension.REQUIRETLS;
    }

    /** RFC 6710 §3: a digit with or without a minus; zero has none. */
    private SmtpExtension priority(EsmtpParameter parameter) throws SmtpSyntaxException {
        priority = OptionalInt.of(Integer.parseInt(
                parameter.matching(PRIORITY, "a number from -9 to 9").group()));
        return SmtpExtension.MT_PRIORITY;
    }

    /** RFC 4865 §3, {@code future-release-interval}. */
    private SmtpExtension holdFor(EsmtpParameter parameter) throws SmtpSyntaxException {
        long seconds = Long.parseLong(parameter
                .matching(SECONDS, "a number of seconds from 1 to 999999999")
                .group());
        return hold(new MailParameters.Hold.For(Duration.ofSeconds(seconds)));
    }

    /** RFC 4865 §3, {@code future-release-date-time}. */
    private SmtpExtension holdUntil(EsmtpParameter parameter) throws SmtpSyntaxException {
        String wanted = "a moment such as 2026-12-31T23:59:59Z";
        String text = parameter.matching(DATE_TIME, wanted).group().toUpperCase(Locale.ROOT);
        try {
            Instant moment = OffsetDateTime.parse(text).toInstant();
            return hold(new MailParameters.Hold.Until(moment));
        } catch (DateTimeException e) {
            throw SmtpSyntaxException.argument("HOLDUNTIL is " + wanted);
        }
    }

    private SmtpExtension hold(MailParameters.Hold wanted) throws SmtpSyntaxException {
        if (hold.isPresent()) {
            throw SmtpSyntaxException.argument("HOLDFOR and HOLDUNTIL do not go together");
        }
        hold = Optional.of(wanted);
        return SmtpExtension.FUTURERELEASE;
    }

    /** RFC 2852 §4: a message that is to be returned needs time left. */
    private SmtpExtension by(EsmtpParameter parameter) throws SmtpSyntaxException {
        Matcher matcher = parameter.matching(BY, "seconds;N or seconds;R, with T for trace");
        Duration time = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
        boolean returns = matcher.group(2).equalsIgnoreCase("R");
        if (returns && !time.isPositive()) {
            throw SmtpSyntaxException.argument("BY with R needs a time greater than 0");
        }
        by = Optional.of(new MailParameters.By(
                time,
                returns ? MailOptions.DeliverBy.Mode.RETURN : MailOptions.DeliverBy.Mode.NOTIFY,
                matcher.group(3) != null));
        return SmtpExtension.DELIVERBY;
    }

    /** RFC 4954 §5: who wrote it first; kept by nobody here, which the RFC allows. */
    private SmtpExtension author(EsmtpParameter parameter) throws SmtpSyntaxException {
        String value = parameter.required();
        if (!value.equals("<>") && Xtext.decode(value).isEmpty()) {
            throw SmtpSyntaxException.argument("AUTH is xtext of an address, or <>");
        }
        return SmtpExtension.AUTH;
    }
}
