// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.ejb.admin.Refusal.Reason;
import org.wildpost.persistence.domain.Domain;

/**
 * The rule that a domain is to have, of which there can be one: what it has, with what is typed over it.
 *
 * @param refusals why it cannot be so
 */
record DomainRule(
        Optional<DomainName> aliasOf,
        Optional<DomainName> forwardTo,
        Optional<EmailAddress> catchAll,
        List<Refusal> refusals) {
    static DomainRule of(Domain domain, DomainChange change) {
        List<Refusal> refusals = new ArrayList<>();
        Optional<DomainName> aliasOf =
                named("aliasOf", change.aliasOf(), domain.aliasOf().map(Domain::name), domain.name(), refusals);
        Optional<DomainName> forwardTo =
                named("forwardTo", change.forwardTo(), domain.forwardTo(), domain.name(), refusals);
        Optional<EmailAddress> catchAll = catchAll(change.catchAll(), domain.catchAll(), refusals);
        int rules = (aliasOf.isPresent() ? 1 : 0) + (forwardTo.isPresent() ? 1 : 0) + (catchAll.isPresent() ? 1 : 0);
        if (rules > 1) {
            String field = catchAll.isPresent() ? "catchAll" : "forwardTo";
            refusals.add(new Refusal(
                    field, Reason.ONE_RULE, "a domain has one of aliasOf, forwardTo and catchAll; empty the others"));
        }
        return new DomainRule(aliasOf, forwardTo, catchAll, List.copyOf(refusals));
    }

    private static Optional<DomainName> named(
            String field, Optional<String> typed, Optional<DomainName> before, DomainName own, List<Refusal> refusals) {
        if (typed.isEmpty()) {
            return before;
        }
        String text = typed.get().strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            DomainName named = DomainName.parse(text);
            if (!named.equals(own) && !text.startsWith("[")) {
                return Optional.of(named);
            }
            refusals.add(
                    named.equals(own)
                            ? new Refusal(field, Reason.CIRCLE, "a domain cannot lead to itself")
                            : new Refusal(field, Reason.MALFORMED, "an address literal is not a domain name"));
        } catch (AddressException e) {
            refusals.add(new Refusal(field, Reason.MALFORMED, String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static Optional<EmailAddress> catchAll(
            Optional<String> typed, Optional<EmailAddress> before, List<Refusal> refusals) {
        if (typed.isEmpty()) {
            return before;
        }
        String text = typed.get().strip();
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(EmailAddress.parse(text));
        } catch (AddressException e) {
            refusals.add(new Refusal("catchAll", Reason.MALFORMED, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }
}
