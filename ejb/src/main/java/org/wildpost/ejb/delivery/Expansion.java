// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.ejb.identity.Directory;

/**
 * From forward-paths to the accounts that get the message: redirects are followed, each account gets it once, and what cannot be reached is
 * kept, so that nobody says 250 for it. An account that redirects to itself keeps a copy. For one message and one thread.
 */
final class Expansion {
    /**
     * A copy of the message.
     *
     * @param recipient the forward-path through which the account was reached first
     * @param through   the accounts' addresses on the way, the one that gets it last
     */
    record Copy(AccountId account, EmailAddress recipient, List<EmailAddress> through) {
        Copy {
            through = List.copyOf(through);
        }
    }

    private final Function<EmailAddress, Optional<Directory.Recipient>> directory;
    private final Map<AccountId, Copy> copies = new LinkedHashMap<>();
    private final List<EmailAddress> unreachable = new ArrayList<>();
    private final Set<String> redirecting = new TreeSet<>();

    Expansion(Function<EmailAddress, Optional<Directory.Recipient>> directory) {
        this.directory = directory;
    }

    /** Adds a forward-path; false when nobody takes its mail. */
    boolean add(EmailAddress recipient) {
        Optional<Directory.Recipient> found = directory.apply(recipient);
        found.ifPresent(account -> follow(account, recipient, List.of()));
        return found.isPresent();
    }

    /** A copy for each account, in the order in which they were reached. */
    Collection<Copy> copies() {
        return copies.values();
    }

    /** Redirects that lead to no account here. */
    List<EmailAddress> unreachable() {
        return unreachable;
    }

    /** Addresses, as text, of the accounts whose redirects were followed. */
    Set<String> redirecting() {
        return redirecting;
    }

    private void follow(Directory.Recipient account, EmailAddress recipient, List<EmailAddress> before) {
        List<EmailAddress> through = new ArrayList<>(before);
        through.add(account.address());
        if (account.redirectTo().isEmpty()) {
            keep(account, recipient, through);
            return;
        }
        if (!redirecting.add(key(account.address()))) {
            return;
        }
        for (EmailAddress target : account.redirectTo()) {
            Optional<Directory.Recipient> next = directory.apply(target);
            if (next.isEmpty()) {
                unreachable.add(target);
            } else if (next.get().account().equals(account.account())) {
                keep(account, recipient, through);
            } else {
                follow(next.get(), recipient, through);
            }
        }
    }

    private void keep(Directory.Recipient account, EmailAddress recipient, List<EmailAddress> through) {
        copies.putIfAbsent(account.account(), new Copy(account.account(), recipient, through));
    }

    static String key(EmailAddress address) {
        return address.canonical().toString();
    }
}
