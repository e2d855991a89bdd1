// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.ejb.identity.Resolution;

/** Who reads the mail of a postmaster that has no account: every server and every domain must have one (RFC 5321 §4.5.1). */
@ApplicationScoped
public class Postmasters {
    private static final String LOCAL_PART = "postmaster";

    @PersistenceContext(unitName = "wildpost")
    EntityManager entityManager;

    /** Whether the address is a postmaster's, at whatever domain. */
    static boolean isNamedBy(EmailAddress address) {
        return address.localPart().equalsIgnoreCase(LOCAL_PART);
    }

    /** The longest-serving administrator who can log in; keeps the mail whatever redirects there are, for it must not go away. */
    Optional<Resolution.Account> administrator() {
        return entityManager
                .createQuery(
                        "select a.id, a.address from Account a join a.domain d"
                                + " where a.superAdmin and not a.disabled and not a.redirectOnly and not d.disabled order by a.id",
                        Object[].class)
                .setMaxResults(1)
                .getResultStream()
                .map(row -> Resolution.Account.plain(new AccountId((Long) row[0]), EmailAddress.parse((String) row[1])))
                .findFirst();
    }
}
