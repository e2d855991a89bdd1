// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.acl.Right;
import org.wildpost.core.acl.Rights;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.persistence.acl.AccessRows;
import org.wildpost.persistence.acl.ShownRows;
import org.wildpost.persistence.jdbc.Sql;

/** Which mailboxes of others are shown when not all have room, and what it costs to find them, on a real PostgreSQL. */
class ShownMailboxesTest extends StoreTest {
    private static final int OWNERS = 12;
    private static final List<String> SOME_RIGHTS = List.of("l", "lr", "lrs", "r");
    private static final int MANY = 10_000;

    private final Random random = new Random(29);
    private final List<Shared> all = new ArrayList<>();

    /** A mailbox, whether an entry names the reader, and whether the reader may look it up. */
    private record Shared(MailboxId id, AccountId owner, String name, boolean named, boolean visible) {}

    /** The first mailboxes of all owners have the first places. */
    private record Place(int rank, Shared mailbox) {}

    @BeforeEach
    void nothingIsShared() {
        database.statement(connection -> Sql.update(connection, "delete from mailbox_access"));
    }

    @Test
    void areThoseWhoseTurnItIs() {
        for (int i = 0; i < OWNERS; i++) {
            AccountId owner = store.account();
            int mailboxes = random.nextInt(16);
            for (int j = 0; j < mailboxes; j++) {
                all.add(share(owner, (char) ('a' + random.nextInt(26)) + "/" + j));
            }
        }
        List<MailboxId> places = places();
        assertThat(places).hasSizeGreaterThan(30);

        for (int limit = 0; limit <= places.size() + 1; limit++) {
            assertThat(shown(limit))
                    .as("limit %d", limit)
                    .containsExactlyInAnyOrderElementsOf(places.subList(0, Math.min(limit, places.size())));
        }
    }

    /** A mailbox with up to four entries. */
    private Shared share(AccountId owner, String name) {
        MailboxId id = new MailboxId(count(
                "insert into mailbox (account_id, name, uid_validity) values (?, ?, 1) returning id",
                owner.value(),
                name));
        Optional<AccountId> reader = Optional.of(account);
        Rights given = put(id, reader, false, 3);
        Rights taken = put(id, reader, true, 8);
        boolean named = !given.isEmpty() || !taken.isEmpty();
        given = given.plus(put(id, Optional.empty(), false, 2));
        taken = taken.plus(put(id, Optional.empty(), true, 3));
        return new Shared(id, owner, name, named, given.minus(taken).has(Right.LOOKUP));
    }

    /** Makes an entry once in so many times. */
    private Rights put(MailboxId mailbox, Optional<AccountId> grantee, boolean negative, int times) {
        Rights rights = random.nextInt(times) == 0
                ? Rights.parse(SOME_RIGHTS.get(random.nextInt(SOME_RIGHTS.size())))
                        .orElseThrow()
                : Rights.NONE;
        return database.statement(connection -> {
            new AccessRows(connection).put(mailbox, grantee, negative, rights);
            return rights;
        });
    }

    /** All that may be looked up, in the order in which it has room. */
    private List<MailboxId> places() {
        Comparator<Shared> ofOneOwner = comparing((Shared one) -> !one.named()).thenComparing(Shared::name);
        return all.stream()
                .filter(Shared::visible)
                .sorted(ofOneOwner)
                .collect(groupingBy(one -> one.owner().value(), TreeMap::new, toList()))
                .values()
                .stream()
                .flatMap(ofOwner -> IntStream.range(0, ofOwner.size()).mapToObj(i -> new Place(i, ofOwner.get(i))))
                .sorted(comparingInt(Place::rank)
                        .thenComparing(place -> !place.mailbox().named())
                        .thenComparingLong(place -> place.mailbox().owner().value()))
                .map(place -> place.mailbox().id())
                .toList();
    }

    private List<MailboxId> shown(int limit) {
        return database.statement(connection -> new ShownRows(connection).shared(account, limit)).stream()
                .map(row -> row.status().id())
                .toList();
    }

    /** Otherwise whoever opens much to everybody makes each LIST of all others slow. */
    @Test
    void areFoundWithoutLookingAtAllThatAreForAnyone() {
        AccountId one = store.account();
        for (String sql : List.of(
                "insert into mailbox (account_id, name, uid_validity) select %1$d, 'open/' || n, 1 from generate_series(1, %2$d) n",
                "insert into account (domain_id, local_part, address, password_hash)"
                        + " select domain_id, 'many' || n, 'many' || n || '@x.test', '' from account, generate_series(1, %2$d) n where id = %1$d",
                "insert into mailbox (account_id, name, uid_validity) select id, 'open/0', 1 from account where address like 'many%%'",
                "insert into mailbox_access select id, null, false, 'lr' from mailbox where name like 'open/%%'",
                "analyze")) {
            database.statement(connection -> Sql.update(connection, sql.formatted(one.value(), MANY)));
        }

        long read = database.transaction(connection -> {
            String sql = "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) from pg_stat_xact_user_tables";
            long before = Sql.first(connection, sql, row -> row.getLong(1)).orElseThrow();
            assertThat(new ShownRows(connection).shared(account, 20)).hasSize(20);
            return Sql.first(connection, sql, row -> row.getLong(1)).orElseThrow() - before;
        });
        assertThat(read).as("rows").isLessThan(20L * 20);
    }
}
