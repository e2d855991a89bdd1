// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.srs.Srs;
import org.wildpost.core.srs.SrsReversal;
import org.wildpost.ejb.TestClock;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.ejb.identity.ServerSecret;
import org.wildpost.ejb.identity.ServerSecrets;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.persistence.address.ReturnPathRows;

/** Keys and kept senders of return paths on a real PostgreSQL. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class ReturnPathsTest {
    private static final EmailAddress BOB = EmailAddress.parse("bob@far.test");
    private static final EmailAddress ALICE = EmailAddress.parse("alice@demo.test");
    private static final EmailAddress LONG =
            EmailAddress.parse("bounces+1234567-abcd-alice=demo.test@em1234.mailer.example");

    private static TestDatabase database;

    private final TestClock clock = new TestClock();
    private ServerSecret secret;
    private ReturnPaths paths;

    @BeforeAll
    static void startDatabase() {
        database = new TestDatabase();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void build() {
        database.empty();
        secret = ServerSecrets.of(database);
        paths = node();
    }

    private ReturnPaths node() {
        ReturnPaths node = new ReturnPaths();
        node.secret = secret;
        node.settings = new ServerSettings();
        node.directory = new FakeDirectory();
        node.database = database.jdbc();
        node.clock = clock;
        return node;
    }

    @Test
    void nodesKnowEachOthersPaths() {
        assertThat(node().reverse(paths.rewrite(BOB, ALICE).address())).isEqualTo(new SrsReversal.Sender(BOB));
    }

    @Test
    void aNewKeySealsAndTheOldOneStillProves() {
        EmailAddress before = paths.rewrite(BOB, ALICE).address();
        database.execute("update setting set updated_at = now() - interval '91 days'");
        EmailAddress after = node().rewrite(BOB, ALICE).address();

        assertThat(after).isNotEqualTo(before);
        assertThat(node().reverse(before)).isEqualTo(new SrsReversal.Sender(BOB));
        assertThat(node().reverse(after)).isEqualTo(new SrsReversal.Sender(BOB));
        assertThat(paths.reverse(after)).as("a node that has not looked yet").isEqualTo(new SrsReversal.Forged());
        clock.forward(ReturnPaths.KNOWN);
        assertThat(paths.reverse(after)).isEqualTo(new SrsReversal.Sender(BOB));

        database.execute("update setting set updated_at = now() - interval '91 days'");
        assertThat(node().reverse(before)).as("two keys are valid, not three").isEqualTo(new SrsReversal.Forged());
    }

    @Test
    void aYoungKeyStays() {
        EmailAddress before = paths.rewrite(BOB, ALICE).address();

        assertThat(database.tx(() -> secret.rotate(ReturnPaths.SECRET, ReturnPaths.ROTATED_AFTER)))
                .isFalse();
        assertThat(node().rewrite(BOB, ALICE).address()).isEqualTo(before);
        assertThat(ReturnPaths.ROTATED_AFTER).isGreaterThan(Srs.DEFAULT_MAX_AGE);
    }

    @Test
    void findsASenderWhoDidNotFitUntilItIsForgotten() {
        Srs.Rewritten rewritten = paths.rewrite(LONG, ALICE);
        assertThat(rewritten.keep()).isTrue();
        assertThat(paths.reverse(rewritten.address())).as("not kept").isEqualTo(new SrsReversal.Expired());

        keep(LONG);
        keep(LONG);
        assertThat(node().reverse(rewritten.address())).isEqualTo(new SrsReversal.Sender(LONG));
        assertThat(database.column("select key from return_path")).containsExactly(Srs.key(LONG));

        clock.forward(Srs.DEFAULT_MAX_AGE.plusDays(3));
        keep(EmailAddress.parse("other-" + LONG));
        assertThat(database.column("select key from return_path")).doesNotContain(Srs.key(LONG));
    }

    @Test
    void aSenderWhoWritesAgainIsKeptLonger() {
        keep(LONG);
        clock.forward(Duration.ofDays(20));
        keep(LONG);
        clock.forward(Duration.ofDays(20));
        keep(EmailAddress.parse("other-" + LONG));

        assertThat(database.column("select key from return_path")).contains(Srs.key(LONG));
    }

    @Test
    void rewritesStrangersOnly() {
        assertThat(paths.rewrites(BOB)).isTrue();
        assertThat(paths.rewrites(ALICE)).isFalse();
        assertThat(paths.isOurs(EmailAddress.parse("SRS0=x@demo.test"))).isTrue();
        assertThat(paths.isOurs(EmailAddress.parse("SRS0=x@far.test"))).isFalse();
        assertThat(paths.isOurs(ALICE)).isFalse();
    }

    private void keep(EmailAddress sender) {
        database.jdbc().transaction(connection -> {
            new ReturnPathRows(connection).keep(Srs.key(sender), sender, clock.instant(), Srs.DEFAULT_MAX_AGE);
            return Set.of();
        });
    }
}
