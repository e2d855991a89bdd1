// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.sasl.PasswordLength;
import org.wildpost.core.sasl.ScramVerifier;
import org.wildpost.core.sasl.ScramVerifiers;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.ejb.identity.PasswordSchemes;
import org.wildpost.persistence.account.Credentials;
import org.wildpost.persistence.mailbox.Mailboxes;

@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class AccountAdministrationTest {
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
    void oneDomain() {
        database.empty();
        house.domain("demo.test");
    }

    @Test
    void createsAnAccountWithItsMailboxes() {
        AccountView view = House.done(house.create(new AccountDraft(
                " Alice@DEMO.test ", "Alice Z", House.PASSWORD, false, true, List.of("Bob@Example.org"))));

        assertThat(view.email()).hasToString("alice@demo.test");
        assertThat(house.accounts.find("ALICE@demo.test"))
                .contains(house.accounts.find(view.id()).orElseThrow());
        assertThat(house.accounts.find(view.id()).orElseThrow())
                .usingRecursiveComparison()
                .ignoringFields("createdAt", "updatedAt")
                .isEqualTo(view);
        assertThat(view.superAdmin()).isTrue();
        assertThat(view.redirectTo()).containsExactly(EmailAddress.parse("Bob@example.org"));
        assertThat(house.mail).containsExactly("created alice@demo.test");
    }

    @Test
    void keepsThePasswordAsArgon2idAndAsScramVerifierOfTheSame() {
        house.account("alice@demo.test");
        EmailAddress alice = EmailAddress.parse("alice@demo.test");

        Credentials credentials = house.accountRows.credentials(alice).orElseThrow();
        ScramVerifier verifier =
                house.accountRows.scramCredentials(alice).orElseThrow().verifier();

        assertThat(credentials.passwordHash()).startsWith("$argon2id$");
        assertThat(new PasswordSchemes().verify(House.PASSWORD, credentials.passwordHash()))
                .isTrue();
        assertThat(ScramVerifiers.derive(House.PASSWORD, verifier.salt(), verifier.iterations())
                        .storedKey())
                .isEqualTo(verifier.storedKey());
    }

    @Test
    void aNewPasswordReplacesHashAndVerifierTogether() {
        house.account("alice@demo.test");
        Secret other = new Secret("battery staple");

        House.done(database.tx(() -> house.accounts.setPassword("alice@demo.test", other)));

        EmailAddress alice = EmailAddress.parse("alice@demo.test");
        ScramVerifier verifier =
                house.accountRows.scramCredentials(alice).orElseThrow().verifier();
        String hash = house.accountRows.credentials(alice).orElseThrow().passwordHash();
        assertThat(new PasswordSchemes().verify(other, hash)).isTrue();
        assertThat(new PasswordSchemes().verify(House.PASSWORD, hash)).isFalse();
        assertThat(ScramVerifiers.derive(other, verifier.salt(), verifier.iterations())
                        .serverKey())
                .isEqualTo(verifier.serverKey());
        assertThat(database.column("select count(*) from scram_verifier")).containsExactly("1");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'',                 Alice, correct horse, '',            email MISSING",
                "alice,              Alice, correct horse, '',            email MALFORMED",
                "a b@demo.test,      Alice, correct horse, '',            email MALFORMED",
                "alice@other.test,   Alice, correct horse, '',            email NO_SUCH_DOMAIN",
                "taken@demo.test,    Alice, correct horse, '',            email TAKEN",
                "TAKEN@demo.TEST,    Alice, correct horse, '',            email TAKEN",
                "alice@demo.test,    Alice, '',            '',            passwordPlaintext MISSING",
                "alice@demo.test,    Alice, 1234567,       '',            passwordPlaintext TOO_SHORT",
                "alice@demo.test,    'A\tB', correct horse, '',           name MALFORMED",
                "alice@demo.test,    Alice, correct horse, not an address, redirectTo MALFORMED",
            })
    void refusesWhatIsWrongAndNamesTheField(
            String email, String name, String password, String redirectTo, String expected) {
        house.account("taken@demo.test");
        List<String> redirects = redirectTo.isEmpty() ? List.of() : List.of(redirectTo);

        Outcome<AccountView> outcome =
                house.create(new AccountDraft(email, name, new Secret(password), false, false, redirects));

        assertThat(House.refusals(outcome)).containsExactly(expected);
        assertThat(house.accounts.list("", 1, 0).total()).isEqualTo(1);
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        Outcome<AccountView> outcome = house.create(new AccountDraft(
                "alice",
                "x".repeat(AccountRules.MAX_NAME + 1),
                new Secret("x".repeat(PasswordLength.MOST + 1)),
                false,
                false,
                List.of("@", "bob@demo.test")));

        assertThat(House.refusals(outcome))
                .containsExactly(
                        "email MALFORMED", "name TOO_LONG", "passwordPlaintext TOO_LONG", "redirectTo MALFORMED");
    }

    @Test
    void countsCharactersNotUnitsOfAPassword() {
        assertThat(House.refusals(house.create(AccountDraft.of("a@demo.test", "", new Secret("😀".repeat(7))))))
                .containsExactly("passwordPlaintext TOO_SHORT");
        assertThat(house.create(AccountDraft.of("a@demo.test", "", new Secret("密码".repeat(4)))))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void limitsHowManyAddressesMailIsSentOnTo() {
        List<String> many = java.util.stream.IntStream.rangeClosed(0, AccountRules.MAX_REDIRECTS)
                .mapToObj(i -> "a" + i + "@example.org")
                .toList();

        assertThat(House.refusals(
                        house.create(new AccountDraft("a@demo.test", "", House.PASSWORD, false, false, many))))
                .containsExactly("redirectTo TOO_MANY");
    }

    @Test
    void changesOnlyWhatIsAsked() {
        house.account("alice@demo.test");
        House.done(house.change(
                "alice@demo.test", AccountChange.NONE.withName("Alice").withRedirectTo(List.of("bob@example.org"))));

        AccountView view = House.done(house.change("alice@demo.test", AccountChange.NONE.withDisabled(true)));

        assertThat(view.disabled()).isTrue();
        assertThat(view.name()).isEqualTo("Alice");
        assertThat(view.redirectTo()).hasSize(1);
        assertThat(House.done(house.change(
                                "alice@demo.test",
                                AccountChange.NONE.withDisabled(false).withRedirectTo(List.of())))
                        .redirectTo())
                .isEmpty();
        assertThat(house.accounts.find("alice@demo.test").orElseThrow().disabled())
                .isFalse();
    }

    @Test
    void refusesAChangeAsAWhole() {
        house.account("alice@demo.test");

        Outcome<AccountView> outcome = house.change(
                "alice@demo.test", AccountChange.NONE.withName("Alice").withPassword(new Secret("short")));

        assertThat(House.refusals(outcome)).containsExactly("passwordPlaintext TOO_SHORT");
        assertThat(house.accounts.find("alice@demo.test").orElseThrow().name()).isEmpty();
    }

    @Test
    void doesNotKnowOtherAccounts() {
        assertThat(house.accounts.find("nobody@demo.test")).isEmpty();
        assertThat(house.accounts.find("no address")).isEmpty();
        assertThat(house.change("nobody@demo.test", AccountChange.NONE)).isInstanceOf(Outcome.NotFound.class);
        assertThat(database.tx(() -> house.accounts.delete("no address"))).isInstanceOf(Outcome.NotFound.class);
    }

    @Test
    void deletesTheMailBeforeTheAccount() {
        house.account("alice@demo.test");

        House.done(database.tx(() -> house.accounts.delete("alice@demo.test")));

        assertThat(house.mail).containsExactly("created alice@demo.test", "deleted alice@demo.test");
        assertThat(house.accounts.find("alice@demo.test")).isEmpty();
        assertThat(database.column("select count(*) from scram_verifier")).containsExactly("0");
    }

    @Test
    void keepsTheLastAdministrator() {
        house.administrator("root@demo.test");
        house.account("alice@demo.test");

        assertThat(House.refusals(database.tx(() -> house.accounts.delete("root@demo.test"))))
                .containsExactly("email LAST_ADMINISTRATOR");
        assertThat(House.refusals(house.change("root@demo.test", AccountChange.NONE.withDisabled(true))))
                .containsExactly("disabled LAST_ADMINISTRATOR");
        assertThat(House.refusals(house.change("root@demo.test", AccountChange.NONE.withSuperAdmin(false))))
                .containsExactly("superAdmin LAST_ADMINISTRATOR");

        House.done(house.change("alice@demo.test", AccountChange.NONE.withSuperAdmin(true)));
        House.done(database.tx(() -> house.accounts.delete("root@demo.test")));
        assertThat(House.refusals(database.tx(() -> house.accounts.delete("alice@demo.test"))))
                .containsExactly("email LAST_ADMINISTRATOR");
    }

    @Test
    void changesWhatBecomesOfMail() {
        MailHandling all = new MailHandling(true, true, true, true);
        House.done(house.create(
                new AccountDraft("alice@demo.test", "", House.PASSWORD, false, false, List.of("x@far.test"), all)));
        assertThat(house.accounts.find("alice@demo.test").orElseThrow().handling())
                .isEqualTo(all);
        assertThat(house.accountRows.credentials(EmailAddress.parse("alice@demo.test")))
                .as("nobody logs in where mail is only redirected")
                .hasValueSatisfying(
                        credentials -> assertThat(credentials.enabled()).isFalse());
        assertThat(house.accountRows.scramCredentials(EmailAddress.parse("alice@demo.test")))
                .hasValueSatisfying(
                        credentials -> assertThat(credentials.enabled()).isFalse());

        MailHandling less = new MailHandling(true, false, true, false);
        House.done(house.change("alice@demo.test", AccountChange.NONE.withHandling(MailHandling.Change.to(less))));
        House.done(house.change("alice@demo.test", AccountChange.NONE.withName("A")));
        assertThat(house.accounts.find("alice@demo.test").orElseThrow().handling())
                .isEqualTo(less);
        assertThat(house.account("bob@demo.test").handling()).isEqualTo(MailHandling.ORDINARY);
    }

    @Test
    void wantsSomebodyElseForTheMailOfAnAccountThatOnlyRedirects() {
        MailHandling.Change only = MailHandling.Change.to(new MailHandling(false, true, false, false));
        house.account("alice@demo.test");

        assertThat(House.refusals(house.create(new AccountDraft(
                        "bob@demo.test",
                        "",
                        House.PASSWORD,
                        false,
                        false,
                        List.of("Bob@demo.test"),
                        only.of(MailHandling.ORDINARY)))))
                .containsExactly("redirectTo MISSING");
        assertThat(House.refusals(house.change("alice@demo.test", AccountChange.NONE.withHandling(only))))
                .containsExactly("redirectTo MISSING");
        House.done(house.change(
                "alice@demo.test", AccountChange.NONE.withHandling(only).withRedirectTo(List.of("x@far.test"))));
        assertThat(House.refusals(house.change("alice@demo.test", AccountChange.NONE.withRedirectTo(List.of()))))
                .containsExactly("redirectTo MISSING");
    }

    @Test
    void anAdministratorWhoCannotLogInDoesNotCount() {
        house.administrator("root@demo.test");
        house.administrator("spare@demo.test");
        AccountChange only = AccountChange.NONE
                .withHandling(MailHandling.Change.to(new MailHandling(false, true, false, false)))
                .withRedirectTo(List.of("x@far.test"));
        House.done(house.change("spare@demo.test", only));

        assertThat(House.refusals(house.change("root@demo.test", only)))
                .containsExactly("redirectOnly LAST_ADMINISTRATOR");
        assertThat(House.refusals(database.tx(() -> house.accounts.delete("root@demo.test"))))
                .containsExactly("email LAST_ADMINISTRATOR");
    }

    @Test
    void namesTheMailboxForCopiesOfWhatIsSent() {
        AccountView alice = house.account("alice@demo.test");
        database.execute("insert into mailbox (account_id, name, special_use, uid_validity) values ("
                + alice.id().value() + ", 'Gesendet', 'SENT', 1)");
        assertThat(filesSentIn(alice)).isEmpty();

        House.done(house.change(
                "alice@demo.test",
                AccountChange.NONE.withHandling(MailHandling.Change.to(new MailHandling(false, false, false, true)))));
        assertThat(filesSentIn(alice)).contains(new MailboxName("Gesendet"));
        database.execute("delete from mailbox");
    }

    private static Optional<MailboxName> filesSentIn(AccountView account) {
        return database.jdbc().statement(connection -> new Mailboxes(connection).filesSentIn(account.id()));
    }

    @Test
    void aDisabledAdministratorDoesNotCount() {
        house.administrator("root@demo.test");
        house.administrator("spare@demo.test");
        House.done(house.change("spare@demo.test", AccountChange.NONE.withDisabled(true)));

        assertThat(House.refusals(database.tx(() -> house.accounts.delete("root@demo.test"))))
                .containsExactly("email LAST_ADMINISTRATOR");
        assertThat(database.tx(() -> house.accounts.delete("spare@demo.test"))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void twoAdministratorsWhoDemoteEachOtherLeaveOne() throws Exception {
        house.administrator("one@demo.test");
        house.administrator("two@demo.test");

        List<Outcome<AccountView>> outcomes = together(
                () -> house.change("one@demo.test", AccountChange.NONE.withSuperAdmin(false)),
                () -> house.change("two@demo.test", AccountChange.NONE.withSuperAdmin(false)));

        assertThat(outcomes).hasAtLeastOneElementOfType(Outcome.Done.class);
        assertThat(outcomes).hasAtLeastOneElementOfType(Outcome.Refused.class);
        assertThat(database.column("select count(*) from account where super_admin"))
                .containsExactly("1");
    }

    @Test
    void oneOfTwoWhoCreateTheSameAccountIsRefused() throws Exception {
        List<Outcome<AccountView>> outcomes = together(
                () -> house.create(AccountDraft.of("alice@demo.test", "", House.PASSWORD)),
                () -> house.create(AccountDraft.of("Alice@demo.test", "", House.PASSWORD)));

        assertThat(outcomes).hasAtLeastOneElementOfType(Outcome.Done.class);
        assertThat(outcomes).hasAtLeastOneElementOfType(Outcome.Refused.class);
    }

    @Test
    void saysTheSameMomentsAtOnceAndLater() {
        AccountView made = house.account("carol@demo.test");

        assertThat(house.accounts.find("carol@demo.test")).contains(made);
        DomainView domain = house.domain("other.test");
        assertThat(house.domains.find("other.test")).contains(domain);
    }

    @Test
    void listsPagesOfWhatIsSearchedByAddressAndName() {
        for (String name : List.of("Ada", "Bert", "Carl", "Dora", "Emil")) {
            house.create(AccountDraft.of(name.charAt(0) + "_1@demo.test", name, House.PASSWORD));
        }

        Page<AccountView> second = house.accounts.list("", 2, 2);
        assertThat(second.results()).extracting(AccountView::name).containsExactly("Carl", "Dora");
        assertThat(second.page()).isEqualTo(2);
        assertThat(second.lastPage()).isEqualTo(3);
        assertThat(second.total()).isEqualTo(5);
        assertThat(house.accounts.list("ERT", 1, 0).results())
                .extracting(view -> view.email().toString())
                .containsExactly("b_1@demo.test");
        assertThat(house.accounts.list("e_1@", 1, 0).total()).isEqualTo(1);
        assertThat(house.accounts.list("%", 1, 0).total()).isZero();
        assertThat(house.accounts.list("a\u0000\ud800", 1, 0).total()).isZero();
        assertThat(house.accounts.list("nobody", 0, -1).lastPage()).isEqualTo(1);
        assertThat(house.accounts.list("", Integer.MAX_VALUE, Integer.MAX_VALUE).results())
                .isEmpty();
    }

    @Test
    void nothingIsKeptWhenTheMailboxesCannotBeMade() {
        house.accounts.mail = new AccountMail() {
            @Override
            public void createDefaults(org.wildpost.core.id.AccountId account) {
                throw new IllegalStateException("no mailboxes today");
            }

            @Override
            public void deleteAll(org.wildpost.core.id.AccountId account) {}
        };

        assertThatThrownBy(() -> house.account("alice@demo.test")).hasMessage("no mailboxes today");
        assertThat(house.accounts.find("alice@demo.test")).isEmpty();
    }

    private static List<Outcome<AccountView>> together(
            Callable<Outcome<AccountView>> one, Callable<Outcome<AccountView>> other) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome<AccountView>>> answers = threads.invokeAll(List.of(one, other));
            return List.of(answers.get(0).get(), answers.get(1).get());
        }
    }
}
