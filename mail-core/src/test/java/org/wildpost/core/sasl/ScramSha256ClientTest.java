// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.LoginResult;

class ScramSha256ClientTest {
    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_FIRST =
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    private final ScramSha256Client client = new ScramSha256Client("user", new Secret("pencil"), NONCE);

    @Test
    void saysWhatTheExampleOfRfc7677Says() {
        assertThat(client.first()).isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
        assertThat(client.last(SERVER_FIRST))
                .contains("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertThat(client.proves("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
                .isTrue();
        assertThat(client.proves("v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
                .isFalse();
        assertThat(client.proves("e=other-error")).isFalse();
    }

    @Test
    void believesNobodyBeforeTheExchange() {
        assertThat(client.proves("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4095",
                "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1000001",
                "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=99999999999",
                "r=rOprNGfwEbeRWgbNEkqOx,s=W,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOx,s==,i=4096",
                "m=x,r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
            })
    void refusesAChallengeThatIsNone(String serverFirst) {
        assertThat(client.last(serverFirst)).isEmpty();
    }

    @Test
    void agreesWithTheServersHalf() {
        LoginResult accepted = new LoginResult.Accepted(new AccountId(1), EmailAddress.parse("user@demo.test"));
        Sasl.Accounts accounts = new Sasl.Accounts() {
            @Override
            public LoginResult login(String username, Secret password) {
                throw new AssertionError("SCRAM shows no password");
            }

            @Override
            public ScramVerifier verifier(String username) {
                assertThat(username).isEqualTo("a,b=c");
                return ScramVerifiers.derive(new Secret("pencil"));
            }

            @Override
            public LoginResult scramCompleted(String username, boolean proved) {
                return proved ? accepted : new LoginResult.Rejected(Duration.ZERO);
            }
        };
        SaslMechanism server = Sasl.start("SCRAM-SHA-256", accounts).orElseThrow();
        ScramSha256Client other = new ScramSha256Client("a,b=c", new Secret("pencil"));

        String challenge = challenge(server.next(utf8(other.first())));
        String proof = challenge(server.next(utf8(other.last(challenge).orElseThrow())));

        assertThat(other.proves(proof)).isTrue();
        assertThat(server.next(new byte[0])).isEqualTo(new SaslStep.Finished(accepted));
    }

    private static String challenge(SaslStep step) {
        return new String(((SaslStep.Challenge) step).octets(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
