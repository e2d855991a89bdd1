// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.LoginResult;

class SaslTest {
    private static final LoginResult ACCEPTED =
            new LoginResult.Accepted(new AccountId(1), EmailAddress.parse("user@demo.test"));
    private static final LoginResult REJECTED = new LoginResult.Rejected(Duration.ZERO);

    /** One account, {@code user} with {@code pencil}, with the salt of the example in RFC 7677 §3. */
    private static final class OneAccount implements Sasl.Accounts {
        private final List<String> logins = new ArrayList<>();

        @Override
        public LoginResult login(String username, Secret password) {
            logins.add(username);
            return username.equals("user") && password.reveal().equals("pencil") ? ACCEPTED : REJECTED;
        }

        @Override
        public ScramVerifier verifier(String username) {
            byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
            return username.equals("user")
                    ? ScramVerifiers.derive(new Secret("pencil"), salt, 4096)
                    : ScramVerifiers.madeUp(username, new byte[] {1, 2, 3});
        }

        @Override
        public LoginResult scramCompleted(String username, boolean proved) {
            return proved ? ACCEPTED : REJECTED;
        }
    }

    private final OneAccount accounts = new OneAccount();

    @Test
    void logsInWithPlain() {
        assertThat(plain("\0user\0pencil")).isEqualTo(new SaslStep.Finished(ACCEPTED));
        assertThat(plain("user\0user\0pencil")).isEqualTo(new SaslStep.Finished(ACCEPTED));
        assertThat(plain("\uff55ser\0user\0pencil")).isEqualTo(new SaslStep.Finished(ACCEPTED));
        assertThat(plain("\0user\0wrong")).isEqualTo(new SaslStep.Finished(REJECTED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", "\0user", "\0user\0", "\0\0pencil", "\0user\0pencil\0", "admin\0user\0pencil"})
    void refusesMalformedPlainWithoutTrying(String message) {
        assertThat(plain(message)).isInstanceOf(SaslStep.Malformed.class);
        assertThat(accounts.logins).isEmpty();
    }

    /** There may be accounts and hashes of older days that SASLprep does not know. */
    @Test
    void handsNamesAndPasswordsOnAsTheyAre() {
        assertThat(plain("\0us\u00ader\0pen\ue000")).isEqualTo(new SaslStep.Finished(REJECTED));
        assertThat(accounts.logins).containsExactly("us\u00ader");
    }

    @Test
    void refusesPlainThatIsNotUtf8() {
        assertThat(new PlainMechanism(accounts).next(new byte[] {0, 'u', 0, (byte) 0xff}))
                .isInstanceOf(SaslStep.Malformed.class);
    }

    @Test
    void logsInWithLoginByTwoPrompts() {
        SaslMechanism login = Sasl.start("login", accounts).orElseThrow();

        assertThat(new String(login.firstChallenge(), StandardCharsets.US_ASCII))
                .isEqualTo("User Name");
        assertThat(text(login.next(utf8("user")))).isEqualTo("Password");
        assertThat(login.next(utf8("pencil"))).isEqualTo(new SaslStep.Finished(ACCEPTED));
    }

    /** The example of RFC 7677 §3, word for word. */
    @Test
    void speaksTheExampleOfScramSha256() {
        SaslMechanism scram = exampleExchange();

        assertThat(text(scram.next(utf8("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"))))
                .isEqualTo("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(text(scram.next(utf8("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="))))
                .isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
        assertThat(scram.next(new byte[0])).isEqualTo(new SaslStep.Finished(ACCEPTED));
    }

    /** RFC 5802 §5.1: names are compared prepared, and what is signed is as it was sent. */
    @Test
    void takesTheSameNameForItself() {
        assertThat(text(exampleExchange().next(utf8("n,a=\uff55ser,n=user,r=rOprNGfwEbeRWgbNEkqO"))))
                .endsWith(",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
    }

    @Test
    void rejectsAWrongProof() {
        SaslMechanism scram = exampleExchange();
        scram.next(utf8("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"));

        assertThat(scram.next(utf8("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=eHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")))
                .isEqualTo(new SaslStep.Finished(REJECTED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c=eSws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "c=biws,r=rOprNGfwEbeRWgbNEkqO,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
                "",
            })
    void refusesAFinalMessageOfAnotherExchange(String message) {
        SaslMechanism scram = exampleExchange();
        scram.next(utf8("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"));

        assertThat(scram.next(utf8(message))).isInstanceOf(SaslStep.Malformed.class);
        assertThat(scram.next(new byte[0])).isInstanceOf(SaslStep.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n,,",
                "n,,n=user",
                "p=tls-unique,,n=user,r=abc",
                "n,a=admin,n=user,r=abc",
                "n,,m=ext,n=user,r=abc",
                "n,,n=us=er,r=abc",
                "n,,n=,r=abc",
                "n,,n=user,r=",
                "n,,n=user,r=a b",
            })
    void refusesAMalformedFirstMessage(String message) {
        assertThat(exampleExchange().next(utf8(message))).isInstanceOf(SaslStep.Malformed.class);
    }

    @Test
    void doesNotTellUnknownNamesFromKnownOnes() {
        String first = text(new ScramSha256Mechanism(accounts, "s", false).next(utf8("n,,n=nobody,r=abc")));
        String again = text(new ScramSha256Mechanism(accounts, "s", false).next(utf8("n,,n=Nobody,r=abc")));

        assertThat(first).isEqualTo(again).contains(",i=4096");
        assertThat(Base64.getDecoder().decode(first.replaceAll(".*,s=|,i=.*", "")))
                .hasSize(16);
    }

    @Test
    void readsTheLinesOfAnExchange() {
        assertThat(SaslLine.parse("*")).isEqualTo(new SaslLine.Cancelled());
        assertThat(SaslLine.parse("dXNlcg=="))
                .isInstanceOfSatisfying(
                        SaslLine.Response.class,
                        r -> assertThat(r.octets())
                                .asString(StandardCharsets.US_ASCII)
                                .isEqualTo("user"));
        assertThat(SaslLine.parse("dXNlcg")).isEqualTo(new SaslLine.NotBase64());
        assertThat(SaslLine.parse("dX Nl")).isEqualTo(new SaslLine.NotBase64());
        assertThat(SaslLine.parseInitial("="))
                .isInstanceOfSatisfying(
                        SaslLine.Response.class, r -> assertThat(r.octets()).isEmpty());
    }

    @Test
    void offersOnlyWhatItHas() {
        assertThat(Sasl.MECHANISMS).allMatch(name -> Sasl.start(name, accounts).isPresent());
        assertThat(Sasl.start("CRAM-MD5", accounts)).isEmpty();
    }

    @Test
    void answersAnyOctets() {
        Random random = new Random(5802);
        for (int round = 0; round < 20_000; round++) {
            byte[] octets = new byte[random.nextInt(40)];
            random.nextBytes(octets);
            for (String name : Sasl.MECHANISMS) {
                assertThat(Sasl.start(name, accounts).orElseThrow().next(octets))
                        .isNotNull();
            }
        }
    }

    /** RFC 5802 §7 lets extensions follow; thousands of them are as many octets as a line may have. */
    @Test
    void readsAsManyExtensionsAsALineCanHold() {
        SaslMechanism scram = exampleExchange();
        scram.next(utf8("n,,n=user,r=rOprNGfwEbeRWgbNEkqO" + ",a=b".repeat(2_000)));

        assertThat(scram.next(utf8("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0" + ",a=b".repeat(2_000)
                        + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")))
                .isEqualTo(new SaslStep.Finished(REJECTED));
    }

    @Test
    void showsNoSecret() {
        assertThat(new Secret("pencil").toString()).doesNotContain("pencil");
    }

    private SaslMechanism exampleExchange() {
        return new ScramSha256Mechanism(accounts, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", false);
    }

    private SaslStep plain(String message) {
        return new PlainMechanism(accounts).next(utf8(message));
    }

    private static String text(SaslStep step) {
        assertThat(step).isInstanceOf(SaslStep.Challenge.class);
        return new String(((SaslStep.Challenge) step).octets(), StandardCharsets.US_ASCII);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
