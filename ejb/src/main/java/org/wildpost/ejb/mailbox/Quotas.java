// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.Quota;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.listener.imap.QuotaResult;
import org.wildpost.ejb.identity.Recent;
import org.wildpost.persistence.acl.AccessRows;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.mailbox.QuotaRows;

/**
 * How much mail an account has and may have (RFC 9208). What it has is the sum over its mailboxes' counters, so that there is nothing that could go
 * wrong by itself; the sum is not made for each message: for {@link #BELIEVED} it is remembered here, with what this server adds to it, and made
 * anew before anybody is refused. What other servers add in that time may lead a little over the limit. Safe for all threads.
 */
@ApplicationScoped
public class Quotas {
    /** How long a sum is believed. */
    static final Duration BELIEVED = Duration.ofSeconds(10);

    /** Accounts whose sums are remembered at once. */
    static final int MAX_KNOWN = 10_000;

    /** The name of a quota root is this and the address of the account. */
    static final String ROOT = "#user/";

    private static final Sum UNKNOWN = new Sum(QuotaAmount.NONE, Instant.MIN);

    @Inject
    Database database;

    InstantSource clock = InstantSource.system();

    private final Recent<AccountId, Sum> sums = new Recent<>(MAX_KNOWN);

    private record Sum(QuotaAmount amount, Instant until) {}

    /** Whether there is room for so much more, which is then taken for added. */
    public boolean admits(AccountId account, QuotaAmount more) {
        return database.statement(connection -> admits(connection, account, more));
    }

    /** As {@link #admits(AccountId, QuotaAmount)}, for who has a connection. */
    boolean admits(Connection connection, AccountId account, QuotaAmount more) throws SQLException {
        return allows(connection, account, more, true);
    }

    /** Whether there is room for so much more, which nobody adds yet. */
    public boolean hasRoom(AccountId account, QuotaAmount more) {
        return database.statement(connection -> allows(connection, account, more, false));
    }

    private boolean allows(Connection connection, AccountId account, QuotaAmount more, boolean taken)
            throws SQLException {
        QuotaRows rows = new QuotaRows(connection);
        QuotaLimits limits = rows.limits(account);
        return !limits.any()
                || believed(account, limits, more, taken)
                || counted(account, limits, more, taken, rows.used(account));
    }

    /** As {@link #admits(AccountId, QuotaAmount)}, for who knows the limits already: without any nothing is asked. */
    public boolean admits(AccountId account, QuotaLimits limits, QuotaAmount more) {
        return allows(account, limits, more, true);
    }

    /** As {@link #hasRoom(AccountId, QuotaAmount)}, for who knows the limits already. */
    public boolean hasRoom(AccountId account, QuotaLimits limits, QuotaAmount more) {
        return allows(account, limits, more, false);
    }

    private boolean allows(AccountId account, QuotaLimits limits, QuotaAmount more, boolean taken) {
        return !limits.any()
                || believed(account, limits, more, taken)
                || counted(
                        account,
                        limits,
                        more,
                        taken,
                        database.statement(connection -> new QuotaRows(connection).used(account)));
    }

    private boolean believed(AccountId account, QuotaLimits limits, QuotaAmount more, boolean taken) {
        Instant now = clock.instant();
        AtomicBoolean allowed = new AtomicBoolean();
        sums.update(account, UNKNOWN, sum -> {
            QuotaAmount then = sum.amount().plus(more);
            allowed.set(sum.until().isAfter(now) && limits.allow(then));
            return allowed.get() && taken ? new Sum(then, sum.until()) : sum;
        });
        return allowed.get();
    }

    private boolean counted(AccountId account, QuotaLimits limits, QuotaAmount more, boolean taken, QuotaAmount used) {
        boolean allowed = limits.allow(used.plus(more));
        QuotaAmount then = allowed && taken ? used.plus(more) : used;
        sums.put(account, new Sum(then, clock.instant().plus(BELIEVED)));
        return allowed;
    }

    /** The account's own quota. */
    public Quota of(AccountId account) {
        return database.statement(connection -> {
            QuotaRows rows = new QuotaRows(connection);
            String address = rows.owner(account).map(QuotaRows.Owner::address).orElse("");
            return new Quota(ROOT + address, rows.used(account), rows.limits(account));
        });
    }

    /** Gives the account other limits; what it has stays, even when it is more. */
    public void limit(AccountId account, QuotaLimits limits) {
        database.transaction(connection -> {
            new QuotaRows(connection).limit(account, limits);
            return limits;
        });
    }

    QuotaResult find(AccountId asking, String root) {
        return database.statement(connection -> {
            QuotaRows rows = new QuotaRows(connection);
            Optional<QuotaRows.Owner> owner = owner(rows, root);
            boolean own =
                    owner.map(QuotaRows.Owner::account).filter(asking::equals).isPresent();
            return own
                            || owner.isPresent()
                                    && new AccessRows(connection)
                                            .reads(asking, owner.get().account())
                            || rows.administers(asking)
                    ? told(rows, owner)
                    : new QuotaResult.NotPermitted();
        });
    }

    QuotaResult set(AccountId asking, String root, QuotaLimits limits) {
        return database.transaction(connection -> {
            QuotaRows rows = new QuotaRows(connection);
            if (!rows.administers(asking)) {
                return new QuotaResult.NotPermitted();
            }
            Optional<QuotaRows.Owner> owner = owner(rows, root);
            if (owner.isPresent()) {
                rows.limit(owner.get().account(), limits);
            }
            return told(rows, owner);
        });
    }

    private static QuotaResult told(QuotaRows rows, Optional<QuotaRows.Owner> owner) throws SQLException {
        if (owner.isEmpty()) {
            return new QuotaResult.NoSuchRoot();
        }
        AccountId account = owner.get().account();
        return new QuotaResult.Told(new Quota(ROOT + owner.get().address(), rows.used(account), rows.limits(account)));
    }

    private static Optional<QuotaRows.Owner> owner(QuotaRows rows, String root) throws SQLException {
        if (!root.startsWith(ROOT)) {
            return Optional.empty();
        }
        try {
            return rows.owner(EmailAddress.parse(root.substring(ROOT.length()))
                    .canonical()
                    .toString());
        } catch (AddressException e) {
            return Optional.empty();
        }
    }
}
