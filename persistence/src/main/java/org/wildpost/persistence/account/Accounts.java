// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.account;

import java.util.List;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.DomainId;

/** What is asked about accounts. Addresses are compared in canonical form. Reads work with and without a transaction, the rest wants one. */
public interface Accounts {
    /** The account of that address. */
    Optional<Account> find(EmailAddress address);

    /** The account of that identity. */
    Optional<Account> find(AccountId id);

    /** What a login by password needs; one look-up in an index. */
    Optional<Credentials> credentials(EmailAddress address);

    /** What a login by SCRAM needs; empty also for an account that has no verifier. */
    Optional<ScramCredentials> scramCredentials(EmailAddress address);

    /** Accounts whose address or name contains the text in whatever case, by address. */
    List<Account> search(String text, int offset, int limit);

    /** How many {@link #search} would find. */
    long count(String text);

    /** Whether there is any account at all. */
    boolean any();

    /** All accounts of a domain. */
    List<Account> of(DomainId domain);

    /** How many administrators could log in if the account were not there. */
    long administratorsBeside(AccountId account);

    /** How many administrators could log in if the domain were not there. */
    long administratorsBeside(DomainId domain);

    /** Stores a new account. */
    void add(Account account);

    /** Removes an account that owns no mailbox any more. */
    void remove(Account account);
}
