// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.ejb.settings.ServerNames;
import org.wildpost.persistence.setting.JpaSettings;

class FirstVisitTest {
    private static final Secret PASSWORD = new Secret("correct horse");

    private static TestDatabase database;

    private final House house = new House(database);

    @BeforeAll
    static void startDatabase() {
        database = new TestDatabase();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    @AfterEach
    void nothing() {
        database.empty();
    }

    @Test
    void makesTheAdministratorTheDomainAndTheName() {
        assertThat(house.firstVisit.expected()).isTrue();

        AccountView made = House.done(setUp(" MX.Example.org ", "root@example.org"));

        assertThat(made.superAdmin()).isTrue();
        assertThat(house.domains.find("example.org")).isPresent();
        assertThat(house.serverName.get()).isEqualTo("mx.example.org");
        assertThat(house.firstVisit.expected()).isFalse();
    }

    @Test
    void isOverForGoodOnceThereIsAnAdministrator() {
        House.done(setUp("mx.example.org", "root@example.org"));

        assertThat(House.refusals(setUp("evil.example", "root@evil.example"))).containsExactly("email TAKEN");
        assertThat(house.serverName.get()).isEqualTo("mx.example.org");
        assertThat(house.accounts.list("", 1, 0).total()).isEqualTo(1);
    }

    @Test
    void namesEveryFieldThatIsWrongAndKeepsNothing() {
        assertThat(House.refusals(database.tx(() -> house.firstVisit.setUp("no name", "root", new Secret("short")))))
                .isEqualTo(List.of("hostname MALFORMED", "email MALFORMED", "passwordPlaintext TOO_SHORT"));
        assertThat(House.refusals(setUp(" ", "root@example.org"))).containsExactly("hostname MISSING");
        assertThat(House.refusals(setUp("[192.0.2.1]", "root@example.org"))).containsExactly("hostname MALFORMED");
        assertThat(house.firstVisit.expected()).isTrue();
        assertThat(house.domains.list("", 1, 0).total()).isZero();
    }

    @Test
    @SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
    void asksForNoNameWhenTheOperatorSetOne() {
        house.firstVisit.name =
                ServerNames.of(new JpaSettings(database.entityManager()), Map.of("wildpost.hostname", "set.example"));

        assertThat(house.firstVisit.named()).isTrue();
        House.done(setUp("", "root@example.org"));
        assertThat(house.firstVisit.proposedName()).isEqualTo("set.example");
    }

    @Test
    void letsOnlyOneOfManyInWhoComeAtOnce() throws Exception {
        int visitors = 8;
        CountDownLatch all = new CountDownLatch(visitors);
        List<Future<Outcome<AccountView>>> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < visitors; i++) {
                String domain = "example" + i + ".test";
                outcomes.add(threads.submit(() -> {
                    all.countDown();
                    all.await();
                    return setUp("mx." + domain, "root@" + domain);
                }));
            }
        }
        int done = 0;
        for (Future<Outcome<AccountView>> outcome : outcomes) {
            done += outcome.get() instanceof Outcome.Done<AccountView> ? 1 : 0;
        }
        assertThat(done).isOne();
        assertThat(house.accounts.list("", 1, 0).total()).isOne();
        assertThat(house.domains.list("", 1, 0).total()).isOne();
    }

    private Outcome<AccountView> setUp(String hostname, String email) {
        return database.tx(() -> house.firstVisit.setUp(hostname, email, PASSWORD));
    }
}
