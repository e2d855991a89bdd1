// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.admin.Refusal;
import org.wildpost.ejb.admin.Refusal.Reason;

/** Checks what is typed into the fields of routes and their like, and gathers all that is wrong. One instance per question. */
final class TransportChecks {
    /** Characters that a note has at most. */
    static final int MAX_NOTE = 500;

    /** Names that a certificate may have at most. */
    static final int MAX_NAMES = 20;

    /** Characters that a user name or password has at most. */
    static final int MAX_LOGIN = 256;

    private static final int MAX_PORT = 65_535;

    private final List<Refusal> refusals = new ArrayList<>();

    /** A domain, or any when the text is empty. */
    Optional<DomainName> domain(String field, String text) {
        String name = text.strip();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (!name.startsWith("[")) {
                return Optional.of(DomainName.parse(name));
            }
            return refuse(field, Reason.MALFORMED, "an address literal is not a domain name");
        } catch (AddressException e) {
            return refuse(field, Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /** A domain that must be there. */
    Optional<DomainName> neededDomain(String field, String text) {
        return text.isBlank() ? refuse(field, Reason.MISSING, "a domain name is needed") : domain(field, text);
    }

    /** A host, or none when the text is empty. */
    Optional<DomainName> host(String field, String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        Optional<DomainName> host = HostText.parse(text);
        return host.isPresent()
                ? host
                : refuse(field, Reason.MALFORMED, "'" + text.strip() + "' is neither a host name nor an address");
    }

    /** A port; the usual one for 0. */
    int port(int port, int usual) {
        if (port == 0) {
            return usual;
        }
        if (port < 0 || port > MAX_PORT) {
            refuse("port", Reason.MALFORMED, "a port is a number from 1 to " + MAX_PORT);
            return usual;
        }
        return port;
    }

    TlsLevel level(String field, String text) {
        Optional<TlsLevel> level = TlsLevel.parse(text.strip());
        if (level.isEmpty()) {
            refuse(field, Reason.MALFORMED, "'" + field + "' is one of none, may, encrypt, verify, dane-only");
        }
        return level.orElse(TlsLevel.MAY);
    }

    List<DomainName> names(String field, List<String> texts) {
        if (texts.size() > MAX_NAMES) {
            refuse(field, Reason.TOO_MANY, "a certificate may have one of at most " + MAX_NAMES + " names");
            return List.of();
        }
        Set<DomainName> names = new LinkedHashSet<>();
        texts.stream()
                .filter(text -> !text.isBlank())
                .forEach(text -> host(field, text).ifPresent(names::add));
        return List.copyOf(names);
    }

    String line(String field, String text, int most) {
        String line = text.strip();
        if (line.codePointCount(0, line.length()) > most) {
            refuse(field, Reason.TOO_LONG, "'" + field + "' has at most " + most + " characters");
        } else if (line.chars().anyMatch(Character::isISOControl)) {
            refuse(field, Reason.MALFORMED, "'" + field + "' has no control characters");
        }
        return line;
    }

    boolean broken() {
        return !refusals.isEmpty();
    }

    <T> Outcome<T> refused() {
        return new Outcome.Refused<>(refusals);
    }

    <T> Optional<T> refuse(String field, Reason reason, String text) {
        refusals.add(new Refusal(field, reason, text));
        return Optional.empty();
    }
}
