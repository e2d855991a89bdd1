// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.account;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.sasl.ScramVerifier;
import org.wildpost.persistence.domain.Domain;

/**
 * Who logs in and owns mailboxes; known by the address, which never changes. The password's hash and its SCRAM verifier change together
 * (RFC 5802 §3), so that no mechanism lets an old password in.
 */
@Entity
@Table(name = "account")
public class Account {
    /** The only mechanism that verifiers are kept for. */
    static final String SCRAM = "SCRAM-SHA-256";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "domain_id", updatable = false)
    private Domain domain;

    @Column(name = "local_part", updatable = false)
    private String localPart;

    @Column(name = "address", updatable = false)
    private String address;

    @Column(name = "display_name")
    private String name;

    @Column(name = "password_hash")
    private String passwordHash;

    @Column(name = "super_admin")
    private boolean superAdmin;

    @Column(name = "disabled")
    private boolean disabled;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(name = "redirect_to")
    private String[] redirectTo = {};

    @Column(name = "discard")
    private boolean discard;

    @Column(name = "redirect_only")
    private boolean redirectOnly;

    @Column(name = "internal_only")
    private boolean internalOnly;

    @Column(name = "copy_to_sent")
    private boolean copyToSent;

    @ElementCollection(fetch = FetchType.LAZY)
    @CollectionTable(name = "scram_verifier", joinColumns = @JoinColumn(name = "account_id"))
    @MapKeyColumn(name = "mechanism")
    private Map<String, ScramKeys> scram = new HashMap<>();

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    /** For the persistence provider. */
    protected Account() {}

    /**
     * A new account that may log in at once.
     *
     * @param domain       the domain of the address
     * @param address      its login name; kept in canonical form
     * @param passwordHash a hash that says its own scheme
     * @param verifier     what SCRAM needs of the same password
     */
    public Account(Domain domain, EmailAddress address, String passwordHash, ScramVerifier verifier, Instant now) {
        if (!address.domain().equals(domain.name())) {
            throw new IllegalArgumentException(address + " is not an address of " + domain);
        }
        this.domain = domain;
        this.localPart = address.canonical().localPart();
        this.address = address.canonical().toString();
        this.name = "";
        this.passwordHash = passwordHash;
        this.scram.put(SCRAM, new ScramKeys(verifier));
        this.createdAt = now;
        this.updatedAt = now;
    }

    /** Gives the name that people see. */
    public void rename(String newName, Instant now) {
        name = newName;
        updatedAt = now;
    }

    /** Replaces the password in all its forms. */
    public void changePassword(String newHash, ScramVerifier verifier, Instant now) {
        passwordHash = newHash;
        scram.put(SCRAM, new ScramKeys(verifier));
        updatedAt = now;
    }

    /** Lets nobody in and takes no mail until it is enabled again; what is stored stays. */
    public void disable(Instant now) {
        disabled = true;
        updatedAt = now;
    }

    /** Takes mail and logins again. */
    public void enable(Instant now) {
        disabled = false;
        updatedAt = now;
    }

    /** Makes it an administrator of the whole server. */
    public void promote(Instant now) {
        superAdmin = true;
        updatedAt = now;
    }

    /** Makes it an ordinary account. */
    public void demote(Instant now) {
        superAdmin = false;
        updatedAt = now;
    }

    /** Sends its mail to these addresses too; none: it only keeps its mail. */
    public void redirect(List<EmailAddress> addresses, Instant now) {
        redirectTo = addresses.stream().map(EmailAddress::toString).toArray(String[]::new);
        updatedAt = now;
    }

    /**
     * What it keeps of the mail that it redirects.
     *
     * @param none   no copy
     * @param always whether that holds without a redirect too, and nobody logs in
     */
    public void keepRedirected(boolean none, boolean always, Instant now) {
        discard = none;
        redirectOnly = always;
        updatedAt = now;
    }

    /** Takes mail of this server's own users only, or of everybody. */
    public void restrict(boolean toInternal, Instant now) {
        internalOnly = toInternal;
        updatedAt = now;
    }

    /** Files what it submits in Sent, or leaves that to the client. */
    public void fileSent(boolean yes, Instant now) {
        copyToSent = yes;
        updatedAt = now;
    }

    /** The row's identity; there is none before it is stored. */
    public AccountId id() {
        return new AccountId(Objects.requireNonNull(id, "the account is not stored yet"));
    }

    public Domain domain() {
        return domain;
    }

    public String localPart() {
        return localPart;
    }

    public EmailAddress address() {
        return EmailAddress.parse(address);
    }

    public String name() {
        return name;
    }

    public boolean superAdmin() {
        return superAdmin;
    }

    public boolean disabled() {
        return disabled;
    }

    public List<EmailAddress> redirectTo() {
        return List.of(redirectTo).stream().map(EmailAddress::parse).toList();
    }

    /** Whether it keeps no copy of what it redirects. */
    public boolean discard() {
        return discard;
    }

    /** Whether nobody logs in and its mailboxes get nothing. */
    public boolean redirectOnly() {
        return redirectOnly;
    }

    public boolean internalOnly() {
        return internalOnly;
    }

    public boolean copyToSent() {
        return copyToSent;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Account account
                && address.equals(account.address().toString());
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    @Override
    public String toString() {
        return address;
    }
}
