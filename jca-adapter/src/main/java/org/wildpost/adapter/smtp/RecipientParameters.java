// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.Utf8AddressText;
import org.wildpost.core.listener.smtp.Xtext;

/**
 * What stands behind the forward-path of RCPT: all of it is of DSN (RFC 3461).
 *
 * @param notice        NOTIFY (RFC 3461 §4.1)
 * @param original      ORCPT (RFC 3461 §4.2)
 * @param international whether ORCPT was written with characters beyond ASCII, which needs SMTPUTF8 (RFC 6533 §3)
 */
record RecipientParameters(
        Optional<ForwardPath.Notify> notice, Optional<ForwardPath.OriginalRecipient> original, boolean international) {
    /** Characters of ORCPT (RFC 3461 §5.4, by what RCPT may be longer). */
    static final int MAX_ORIGINAL = 500;

    /** original-recipient-address: an atom and what it types. */
    private static final Pattern ORIGINAL = Pattern.compile("([A-Za-z0-9!#$%&'*+/?^_`{|}~-]+);(.+)");

    static RecipientParameters parse(String text) throws SmtpSyntaxException {
        RecipientParameters parsed = new RecipientParameters(Optional.empty(), Optional.empty(), false);
        for (EsmtpParameter parameter : EsmtpParameter.parse(text)) {
            parsed = switch (parameter.keyword()) {
                case "NOTIFY" ->
                    new RecipientParameters(Optional.of(notice(parameter)), parsed.original, parsed.international);
                case "ORCPT" ->
                    new RecipientParameters(
                            parsed.notice,
                            Optional.of(original(parameter)),
                            parameter.required().chars().anyMatch(c -> c > 0x7f));
                default -> throw parameter.unknown();
            };
        }
        return parsed;
    }

    /** The extensions to which these parameters belong. */
    Set<SmtpExtension> used() {
        return notice.isPresent() || original.isPresent() ? EnumSet.of(SmtpExtension.DSN) : Set.of();
    }

    /** The forward-path with an address. */
    ForwardPath path(EmailAddress address) {
        return new ForwardPath(address, notice.orElse(ForwardPath.Notify.DEFAULT), original);
    }

    /** RFC 3461 §4.1: NEVER alone, or any of the others. */
    private static ForwardPath.Notify notice(EsmtpParameter parameter) throws SmtpSyntaxException {
        String value = parameter.required().toUpperCase(Locale.ROOT);
        if (value.equals("NEVER")) {
            return ForwardPath.Notify.NEVER;
        }
        Set<ForwardPath.Event> events = EnumSet.noneOf(ForwardPath.Event.class);
        for (String word : value.split(",", -1)) {
            events.add(
                    switch (word) {
                        case "SUCCESS" -> ForwardPath.Event.SUCCESS;
                        case "FAILURE" -> ForwardPath.Event.FAILURE;
                        case "DELAY" -> ForwardPath.Event.DELAY;
                        default ->
                            throw SmtpSyntaxException.argument(
                                    "NOTIFY is NEVER, or SUCCESS, FAILURE, DELAY with commas");
                    });
        }
        return new ForwardPath.Notify(events, true);
    }

    /** RFC 3461 §4.2: xtext of printable ASCII; for the type {@code utf-8} RFC 6533 §3. */
    private static ForwardPath.OriginalRecipient original(EsmtpParameter parameter) throws SmtpSyntaxException {
        Matcher matcher = parameter.matching(ORIGINAL, "type;address");
        String type = matcher.group(1).toLowerCase(Locale.ROOT);
        String encoded = matcher.group(2);
        Optional<String> address = type.equals("utf-8")
                ? Utf8AddressText.decode(encoded).filter(RecipientParameters::isAddress)
                : Xtext.decode(encoded).filter(MailParameterParser::isPrintable);
        if (parameter.required().length() > MAX_ORIGINAL || address.isEmpty()) {
            throw SmtpSyntaxException.argument(
                    "ORCPT is an address type and xtext of at most " + MAX_ORIGINAL + " characters");
        }
        return new ForwardPath.OriginalRecipient(type, address.get());
    }

    private static boolean isAddress(String text) {
        try {
            return !EmailAddress.parse(text).localPart().isEmpty();
        } catch (AddressException e) {
            return false;
        }
    }
}
