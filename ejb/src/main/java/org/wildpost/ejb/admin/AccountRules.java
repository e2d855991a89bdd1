// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.sasl.PasswordLength;
import org.wildpost.core.sasl.SaslPrep;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.admin.Refusal.Reason;

/** Checks what is typed into the fields of domains, accounts, aliases and the set-up, and gathers all that is wrong. One instance per question. */
final class AccountRules {
    /** Characters that the name of a person has at most. */
    static final int MAX_NAME = 200;

    /** Addresses that mail of one account goes to at most. */
    static final int MAX_REDIRECTS = 50;

    /** Addresses that an alias stands for at most. */
    static final int MAX_TARGETS = 500;

    private final List<Refusal> refusals = new ArrayList<>();

    Optional<EmailAddress> email(String text) {
        if (text.isBlank()) {
            return refuse("email", Reason.MISSING, "an address is needed");
        }
        return address("email", text);
    }

    Optional<DomainName> domain(String text) {
        return domain("name", text);
    }

    /** What the server is to call itself. */
    Optional<DomainName> hostname(String text) {
        return domain("hostname", text);
    }

    private Optional<DomainName> domain(String field, String text) {
        if (text.isBlank()) {
            return refuse(field, Reason.MISSING, "a domain name is needed");
        }
        if (text.strip().startsWith("[")) {
            return refuse(field, Reason.MALFORMED, "an address literal is not a domain name");
        }
        try {
            return Optional.of(DomainName.parse(text.strip()));
        } catch (AddressException e) {
            return refuse(field, Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    void password(Secret password) {
        String text = password.reveal();
        int length = text.codePointCount(0, text.length());
        if (length == 0) {
            refuse("passwordPlaintext", Reason.MISSING, "a password is needed");
        } else if (length < PasswordLength.LEAST) {
            refuse(
                    "passwordPlaintext",
                    Reason.TOO_SHORT,
                    "a password has at least " + PasswordLength.LEAST + " characters");
        } else if (length > PasswordLength.MOST) {
            refuse(
                    "passwordPlaintext",
                    Reason.TOO_LONG,
                    "a password has at most " + PasswordLength.MOST + " characters");
        } else if (SaslPrep.prepare(text).isEmpty()) {
            // Some ways to log in could not carry it (RFC 4013 §2.3).
            refuse(
                    "passwordPlaintext",
                    Reason.MALFORMED,
                    "a password has no control characters and none that fonts or programs give their own meaning");
        }
    }

    String name(String text) {
        String name = text.strip();
        if (name.codePointCount(0, name.length()) > MAX_NAME) {
            refuse("name", Reason.TOO_LONG, "a name has at most " + MAX_NAME + " characters");
        } else if (name.chars().anyMatch(Character::isISOControl)) {
            refuse("name", Reason.MALFORMED, "a name has no control characters");
        }
        return name;
    }

    List<EmailAddress> redirectTo(List<String> texts) {
        return addresses("redirectTo", texts, MAX_REDIRECTS);
    }

    /** The addresses that an alias stands for. */
    List<EmailAddress> targets(List<String> texts) {
        if (texts.isEmpty()) {
            refuse("targets", Reason.MISSING, "an alias needs an address to lead to");
        }
        return addresses("targets", texts, MAX_TARGETS);
    }

    /** An account that keeps nothing needs somebody else who gets its mail. */
    void redirectOnly(EmailAddress own, List<EmailAddress> redirectTo) {
        if (redirectTo.stream().map(EmailAddress::canonical).allMatch(own::equals)) {
            refuse("redirectTo", Reason.MISSING, "an account that only redirects needs an address to redirect to");
        }
    }

    private List<EmailAddress> addresses(String field, List<String> texts, int most) {
        if (texts.size() > most) {
            refuse(field, Reason.TOO_MANY, "mail goes to at most " + most + " addresses");
            return List.of();
        }
        Set<EmailAddress> addresses = new LinkedHashSet<>();
        texts.forEach(text -> address(field, text).ifPresent(addresses::add));
        return List.copyOf(addresses);
    }

    boolean broken() {
        return !refusals.isEmpty();
    }

    <T> Outcome<T> refused() {
        return new Outcome.Refused<>(refusals);
    }

    private Optional<EmailAddress> address(String field, String text) {
        try {
            return Optional.of(EmailAddress.parse(text.strip()));
        } catch (AddressException e) {
            return refuse(field, Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private <T> Optional<T> refuse(String field, Reason reason, String text) {
        refusals.add(new Refusal(field, reason, text));
        return Optional.empty();
    }
}
