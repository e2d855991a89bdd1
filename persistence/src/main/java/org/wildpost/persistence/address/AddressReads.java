// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.address;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.mailbox.QuotaRows;

/** The one question of deliveries: what are these addresses? As safe for threads as its connection. */
public final class AddressReads {
    /** What stands between a local part and a tag of the owner's choice (RFC 5233 §4). */
    public static final char TAG_SEPARATOR = '+';

    // One probe of an index for each table and address. The row of the whole local part comes after the other and wins.
    private static final String ASKED =
            "select q.n, d.disabled as domain_disabled, o.name as alias_of, d.forward_to, d.catch_all,"
                    + " t.address, a.id as account_id, a.redirect_to, a.discard, a.redirect_only, a.quota_bytes, a.quota_messages, l.targets,"
                    + " coalesce(a.internal_only, l.internal_only) as internal_only, coalesce(a.disabled, l.disabled) as disabled"
                    + " from ";

    private static final String FOUND = " join domain d on d.name = q.domain"
            + " left join domain o on o.id = d.alias_of"
            + " left join taken_address t on t.address in (q.whole, q.untagged)"
            + " left join account a on a.id = t.account_id"
            + " left join alias l on l.id = t.alias_id"
            + " order by q.n, length(t.address)";

    // The common question has a text of its own: of one row the database knows how to go about it and keeps the plan,
    // of
    // an array it does not, and planning takes thirty times as long as the answer.
    private static final String FIND_ONE =
            ASKED + "(values (?::text, ?::text, ?::text, 1::bigint)) as q (domain, whole, untagged, n)" + FOUND;

    private static final String FIND_ALL =
            ASKED + "unnest(?::text[], ?::text[], ?::text[]) with ordinality as q (domain, whole, untagged, n)" + FOUND;

    private final Connection connection;

    public AddressReads(Connection connection) {
        this.connection = connection;
    }

    /** A finding for each address, in order. */
    public List<Finding> find(List<EmailAddress> addresses) throws SQLException {
        List<EmailAddress> canonical =
                addresses.stream().map(EmailAddress::canonical).toList();
        List<Finding> found = new ArrayList<>(Collections.nCopies(addresses.size(), Finding.NOTHING));
        Sql.RowTaker taker =
                row -> found.set((int) row.getLong("n") - 1, new Finding(Optional.of(rules(row)), holder(row)));
        if (canonical.size() == 1) {
            EmailAddress address = canonical.getFirst();
            Sql.each(connection, FIND_ONE, taker, address.domain().ascii(), address.toString(), untagged(address));
            return found;
        }
        Sql.each(
                connection,
                FIND_ALL,
                taker,
                texts(canonical.stream().map(address -> address.domain().ascii())),
                texts(canonical.stream().map(EmailAddress::toString)),
                texts(canonical.stream().map(AddressReads::untagged)));
        return found;
    }

    /** The address without its tag; null when it has none. */
    private static @Nullable String untagged(EmailAddress address) {
        int tag = address.localPart().indexOf(TAG_SEPARATOR);
        return tag <= 0 ? null : new EmailAddress(address.localPart().substring(0, tag), address.domain()).toString();
    }

    private static DomainRules rules(ResultSet row) throws SQLException {
        return new DomainRules(
                !row.getBoolean("domain_disabled"),
                Optional.ofNullable(row.getString("alias_of")).map(DomainName::parse),
                Optional.ofNullable(row.getString("forward_to")).map(DomainName::parse),
                Optional.ofNullable(row.getString("catch_all")).map(EmailAddress::parse));
    }

    private static Optional<Holder> holder(ResultSet row) throws SQLException {
        String address = row.getString("address");
        if (address == null) {
            return Optional.empty();
        }
        boolean internalOnly = row.getBoolean("internal_only");
        boolean enabled = !row.getBoolean("disabled");
        long account = row.getLong("account_id");
        if (row.wasNull()) {
            return Optional.of(
                    new Holder.Alias(EmailAddress.parse(address), addresses(row, "targets"), internalOnly, enabled));
        }
        return Optional.of(new Holder.Account(
                new AccountId(account),
                EmailAddress.parse(address),
                addresses(row, "redirect_to"),
                row.getBoolean("discard"),
                row.getBoolean("redirect_only"),
                internalOnly,
                enabled,
                QuotaRows.limits(row)));
    }

    private static List<EmailAddress> addresses(ResultSet row, String column) throws SQLException {
        String[] texts = (String[]) row.getArray(column).getArray();
        return Stream.of(texts).map(EmailAddress::parse).toList();
    }

    private static String[] texts(Stream<@Nullable String> texts) {
        return texts.toArray(String[]::new);
    }
}
