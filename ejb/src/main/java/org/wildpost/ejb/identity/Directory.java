// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.persistence.account.Accounts;
import org.wildpost.persistence.account.Destination;
import org.wildpost.persistence.domain.Domains;

/** Who takes mail here. Each question is one query over an index and needs no transaction. Safe for all threads. */
@ApplicationScoped
public class Directory {
    /** What stands between a local part and a tag of the owner's choice (RFC 5233 §4). */
    static final char TAG_SEPARATOR = '+';

    @Inject
    Accounts accounts;

    @Inject
    Domains domains;

    /**
     * Whose mail it is.
     *
     * @param address    the account's own address, without the tag
     * @param redirectTo where the mail goes instead; none: to the account's mailboxes
     */
    public record Recipient(AccountId account, EmailAddress address, List<EmailAddress> redirectTo) {
        public Recipient {
            redirectTo = List.copyOf(redirectTo);
        }
    }

    /** Whether mail for this domain is for this server and never relayed; also when the domain is disabled. */
    public boolean isLocal(DomainName domain) {
        return domains.exists(domain);
    }

    /**
     * The enabled account that takes mail for the address: that of the whole local part, else that before the first {@code +}. An account
     * of the whole local part that is disabled hides the other one.
     */
    public Optional<Recipient> recipient(EmailAddress address) {
        SequencedSet<EmailAddress> candidates = candidates(address.canonical());
        List<Destination> found = accounts.destinations(candidates);
        for (EmailAddress candidate : candidates) {
            for (Destination destination : found) {
                if (destination.address().equals(candidate)) {
                    return destination.enabled()
                            ? Optional.of(new Recipient(
                                    destination.account(), destination.address(), destination.redirectTo()))
                            : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static SequencedSet<EmailAddress> candidates(EmailAddress address) {
        SequencedSet<EmailAddress> candidates = new LinkedHashSet<>();
        candidates.add(address);
        int tag = address.localPart().indexOf(TAG_SEPARATOR);
        if (tag > 0) {
            candidates.add(new EmailAddress(address.localPart().substring(0, tag), address.domain()));
        }
        return candidates;
    }
}
