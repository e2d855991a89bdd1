// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.DnsAnswer;
import org.wildpost.core.dns.DnsResolver;
import org.wildpost.core.dns.MxRecord;
import org.wildpost.core.dns.TlsaRecord;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.ejb.admin.Outcome;
import org.wildpost.ejb.secret.FileVault;
import org.wildpost.ejb.secret.Vault;
import org.wildpost.persistence.dkim.JpaSigningKeys;
import org.wildpost.persistence.domain.Domain;
import org.wildpost.persistence.domain.JpaDomains;

@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class DkimAdministrationTest {
    private static final Instant START = Instant.parse("2026-11-05T09:07:03Z");
    private static final DomainName DEMO = DomainName.parse("demo.test");
    private static TestDatabase database;

    @TempDir
    private static Path folder;

    private final Map<String, String> zone = new HashMap<>();
    private final DkimAdministration administration = new DkimAdministration();
    private final DomainSigning signing = new DomainSigning();
    private final DkimRotation rotation = new DkimRotation();
    private Instant now = START;

    @BeforeAll
    static void start() {
        System.setProperty(
                "wildpost.vault.key.file", folder.resolve("vault.key").toString());
        database = new TestDatabase();
    }

    @AfterAll
    static void stop() {
        System.clearProperty("wildpost.vault.key.file");
        database.close();
    }

    @BeforeEach
    void build() {
        database.empty();
        JpaDomains domains = new JpaDomains(database.entityManager());
        JpaSigningKeys keys = new JpaSigningKeys(database.entityManager());
        Vault vault = new FileVault();
        signing.keys = keys;
        signing.vault = vault;
        signing.clock = () -> now;
        administration.domains = domains;
        administration.keys = keys;
        administration.vault = vault;
        administration.signing = signing;
        administration.clock = () -> now;
        rotation.administration = new InTransactions(administration);
        rotation.dns = new Zone();
        database.tx(() -> {
            domains.add(new Domain(DEMO, START));
            return null;
        });
    }

    @Test
    void signsAtOnceWithTheFirstPair() throws Exception {
        assertThat(signature()).isEmpty();

        rotate();

        assertThat(states()).containsExactly("e20261105 ACTIVE", "r20261105 ACTIVE");
        assertThat(signature())
                .contains("a=rsa-sha256", "s=r20261105;", "a=ed25519-sha256", "s=e20261105;", "d=demo.test;");
    }

    @Test
    void waitsWithTheNextPairUntilBothRecordsArePublished() throws Exception {
        rotate();
        now = now.plus(Duration.ofDays(100));
        rotate();
        assertThat(states())
                .containsExactly("e20270213 PENDING", "r20270213 PENDING", "e20261105 ACTIVE", "r20261105 ACTIVE");

        publish("r20270213", "");
        rotation.look();
        assertThat(signature()).contains("s=r20261105;").doesNotContain("20270213");

        publish("e20270213", "; ");
        rotation.look();
        assertThat(states())
                .containsExactly("e20270213 ACTIVE", "r20270213 ACTIVE", "e20261105 RETIRED", "r20261105 RETIRED");
        assertThat(signature()).contains("s=r20270213;").doesNotContain("20261105");
    }

    @Test
    void neverTakesAnotherKeysRecordForItsOwn() throws Exception {
        rotate();
        now = now.plus(Duration.ofDays(100));
        rotate();
        zone.put("r20270213._domainkey.demo.test", view("r20261105").record());
        publish("e20270213", "");

        rotation.look();

        assertThat(signature()).contains("s=r20261105;");
    }

    @Test
    void removesRetiredKeysAfterTheOverlapAndNotBefore() {
        rotate();
        rotate();
        database.tx(() -> administration.activate("demo.test"));
        assertThat(states()).contains("r20261105 RETIRED", "r20261105-2 ACTIVE");

        now = now.plus(DkimAdministration.OVERLAP);
        rotation.look();
        assertThat(states()).hasSize(4);

        now = now.plusSeconds(1);
        rotation.look();
        assertThat(states()).containsExactly("e20261105-2 ACTIVE", "r20261105-2 ACTIVE");
    }

    @Test
    void keepsThePrivateKeySealed() {
        rotate();

        assertThat(database.column("select encode(private_key, 'escape') from dkim_key"))
                .hasSize(2)
                .noneMatch(text -> text.contains("PRIVATE"));
        // A PKCS #8 key begins with an ASN.1 sequence; what is sealed begins with its format.
        assertThat(database.column("select get_byte(private_key, 0) from dkim_key"))
                .containsOnly("1");
    }

    @Test
    void refusesMoreKeysThanADomainMayHave() {
        for (int i = 0; i < DkimAdministration.MAX_KEYS / 2; i++) {
            rotate();
        }

        assertThat(database.tx(() -> administration.rotate("demo.test"))).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void saysWhenThereIsNothing() {
        assertThat(database.tx(() -> administration.rotate("other.test"))).isInstanceOf(Outcome.NotFound.class);
        assertThat(database.tx(() -> administration.rotate("not a domain"))).isInstanceOf(Outcome.NotFound.class);
        assertThat(database.tx(() -> administration.delete("demo.test", "nope")))
                .isInstanceOf(Outcome.NotFound.class);
        assertThat(database.tx(() -> administration.activate("demo.test"))).isInstanceOf(Outcome.Refused.class);
        assertThat(administration.list("other.test")).isEmpty();
    }

    @Test
    void signsNoMoreAfterADeletionOrInADisabledDomain() throws Exception {
        rotate();
        database.tx(() -> administration.delete("demo.test", "r20261105"));
        assertThat(signature()).contains("s=e20261105;").doesNotContain("s=r20261105;");

        database.execute("update domain set disabled = true");
        now = now.plus(DomainSigning.KNOWN);
        assertThat(signature()).isEmpty();
    }

    private void rotate() {
        assertThat(database.tx(() -> administration.rotate("demo.test"))).isInstanceOf(Outcome.Done.class);
    }

    private List<String> states() {
        return administration.list("demo.test").orElseThrow().stream()
                .map(view -> view.selector() + " " + view.state())
                .toList();
    }

    /** What the server writes under its own name is signed by that name or the nearest domain above it. */
    @ParameterizedTest
    @CsvSource({
        "demo.test, true",
        "mx.demo.test, true",
        "a.b.demo.test, true",
        "xdemo.test, false",
        "demo.test.evil.test, false",
        "test, false",
        "[192.0.2.1], false"
    })
    void signsForTheServerWhereItsNameBelongs(String host, boolean signed) throws Exception {
        rotate();
        SpooledMessage message = SpooledMessage.of(
                ("From: Mail Delivery System <MAILER-DAEMON@" + host + ">\r\nSubject: x\r\n\r\nbody\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        String fields =
                new String(signing.fieldsOfServer(message, MimeIndexer.index(message)), StandardCharsets.US_ASCII);

        assertThat(fields.contains("d=demo.test;")).as(fields).isEqualTo(signed);
        assertThat(fields.isEmpty()).isNotEqualTo(signed);
        assertThat(signing.fields(message, MimeIndexer.index(message)).length > 0)
                .as("an author's domain is itself alone")
                .isEqualTo(host.equals("demo.test"));
    }

    private DkimView view(String selector) {
        return administration.list("demo.test").orElseThrow().stream()
                .filter(view -> view.selector().equals(selector))
                .findFirst()
                .orElseThrow();
    }

    private void publish(String selector, String behind) {
        DkimView view = view(selector);
        zone.put(view.recordName(), view.record().replace("; ", ";") + behind);
    }

    private String signature() throws Exception {
        SpooledMessage message = SpooledMessage.of(
                "From: Alice <alice@demo.test>\r\nSubject: x\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII));
        String fields = new String(signing.fields(message, MimeIndexer.index(message)), StandardCharsets.US_ASCII);
        assertThat(signing.signs(MimeIndexer.index(message))).isEqualTo(!fields.isEmpty());
        return fields;
    }

    /** What {@code @Transactional} does in the container. */
    private static final class InTransactions extends DkimAdministration {
        private final DkimAdministration inner;

        InTransactions(DkimAdministration inner) {
            this.inner = inner;
        }

        @Override
        public List<DkimView> pending() {
            return inner.pending();
        }

        @Override
        public void activatePublished(DomainName domain, Set<String> selectors) {
            database.tx(() -> {
                inner.activatePublished(domain, selectors);
                return null;
            });
        }

        @Override
        public int sweep() {
            return database.tx(inner::sweep);
        }
    }

    private final class Zone implements DnsResolver {
        @Override
        public DnsAnswer<String> txt(String name) {
            String text = zone.get(name);
            return text == null ? new DnsAnswer.None<>(false, false) : new DnsAnswer.Found<>(List.of(text), false, 60);
        }

        @Override
        public DnsAnswer<MxRecord> mx(DomainName name) {
            throw new AssertionError();
        }

        @Override
        public DnsAnswer<InetAddress> addresses(DomainName name) {
            throw new AssertionError();
        }

        @Override
        public DnsAnswer<TlsaRecord> tlsa(DomainName host, int port) {
            throw new AssertionError();
        }

        @Override
        public DnsAnswer<DomainName> names(InetAddress address) {
            throw new AssertionError();
        }
    }
}
