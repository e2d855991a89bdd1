// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.LoginResult;

/** Logins by token: OAUTHBEARER of RFC 7628 and XOAUTH2. In the texts {@code ^} stands for an octet 1. */
class BearerTest {
    private static final String TOKEN = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==";
    private static final LoginResult ACCEPTED =
            new LoginResult.Accepted(new AccountId(1), EmailAddress.parse("user@example.com"));
    private static final LoginResult REJECTED = new LoginResult.Rejected(Duration.ofSeconds(3));

    /** One good token; what else comes is noted and refused. */
    private static final class OneToken implements Sasl.Tokens {
        private final List<String> logins = new ArrayList<>();
        private TokenRefusal refusal = TokenRefusal.INVALID_TOKEN;

        @Override
        public TokenIssuer issuer() {
            return new TokenIssuer(
                    Optional.of("mail read"), Optional.of(URI.create("https://example.com/.well-known/x")));
        }

        @Override
        public TokenResult login(Optional<String> username, Optional<Secret> token) {
            logins.add(username.orElse("-") + " " + token.map(Secret::reveal).orElse("-"));
            boolean right = token.map(Secret::reveal).equals(Optional.of(TOKEN));
            return new TokenResult(
                    right ? ACCEPTED : REJECTED, token.isEmpty() ? TokenRefusal.INVALID_REQUEST : refusal);
        }
    }

    private final OneToken tokens = new OneToken();
    private final SaslMechanism bearer = new OAuthBearerMechanism(tokens);
    private final SaslMechanism xoauth2 = new XOAuth2Mechanism(tokens);

    /** The first example of RFC 7628 §4.1. */
    @Test
    void logsInWithOneMessage() {
        assertThat(bearer.firstChallenge()).isEmpty();
        assertThat(bearer.next(
                        octets("n,a=user@example.com,^host=server.example.com^port=143^auth=Bearer " + TOKEN + "^^")))
                .isEqualTo(new SaslStep.Finished(ACCEPTED));
        assertThat(tokens.logins).containsExactly("user@example.com " + TOKEN);
    }

    /** RFC 7628 §3.2.2 and §3.2.3: the explanation, the octet 1, the failure. */
    @Test
    void explainsARefusalAndWaitsForTheAnswer() {
        assertThat(text(bearer.next(octets("n,,^auth=Bearer other^^"))))
                .isEqualTo("{\"status\":\"invalid_token\",\"schemes\":\"bearer\",\"scope\":\"mail read\","
                        + "\"openid-configuration\":\"https://example.com/.well-known/x\"}");
        assertThat(bearer.next(octets("^"))).isEqualTo(new SaslStep.Finished(REJECTED));
        assertThat(tokens.logins).containsExactly("- other");
        assertThat(bearer.next(octets("n,,^auth=Bearer " + TOKEN + "^^"))).isInstanceOf(SaslStep.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "^^", "x", "n,,^auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==^^"})
    void takesNoOtherAnswerToARefusal(String answer) {
        bearer.next(octets("n,,^auth=Bearer other^^"));

        assertThat(bearer.next(octets(answer))).isInstanceOf(SaslStep.Malformed.class);
        assertThat(bearer.next(octets("^"))).isInstanceOf(SaslStep.Malformed.class);
        assertThat(tokens.logins).hasSize(1);
    }

    @Test
    void saysWhenTheTokenIsForSomethingElse() {
        tokens.refusal = TokenRefusal.INSUFFICIENT_SCOPE;

        assertThat(text(bearer.next(octets("n,,^auth=Bearer other^^")))).contains("\"insufficient_scope\"");
        assertThat(text(xoauth2.next(octets("user=u^auth=Bearer other^^")))).contains("\"403\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n,,^auth=Bearer TOKEN^^ | -",
                "y,,^auth=bearer TOKEN^^ | -",
                "n,a=user@example.com,^auth=BEARER  TOKEN^^ | user@example.com",
                "n,a=a=2Cb=3Dc,^auth=Bearer TOKEN^^ | a,b=c",
                "n,a=\u4e2d@example.com,^auth=Bearer TOKEN^^ | \u4e2d@example.com",
                "n,,^host=h^port=^AUTH=Bearer TOKEN^qs=a=b&c^^ | -",
            })
    void readsEveryForm(String message, String user) {
        assertThat(bearer.next(octets(message.replace("TOKEN", TOKEN)))).isEqualTo(new SaslStep.Finished(ACCEPTED));
        assertThat(tokens.logins).containsExactly(user + " " + TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "^",
                "^^",
                "n,,",
                "n,,^",
                "n,,^^",
                "n,,^auth=Bearer x^",
                "n,,^auth=Bearer x^^^",
                "n,,^auth=Bearer x^^rest",
                "n,,^auth^^",
                "n,,^=x^^",
                "n,,^1a=x^auth=Bearer x^^",
                "n,,^auth=Bearer x^auth=Bearer y^^",
                "n,,^auth=Bearer x^AUTH=Bearer y^^",
                "n,,^host=x^^",
                "n,,auth=Bearer x^^",
                "p=tls-exporter,,^auth=Bearer x^^",
                "F,n,,^auth=Bearer x^^",
                "n,a=,^auth=Bearer x^^",
                "n,b=user,^auth=Bearer x^^",
                "n,a=us=er,^auth=Bearer x^^",
                "n,a=us,er,^auth=Bearer x^^",
                "user=u^auth=Bearer x^^",
                "n,,^auth=Bearer \u0000^^",
            })
    void refusesMalformedMessagesWithoutTrying(String message) {
        assertThat(bearer.next(octets(message))).isInstanceOf(SaslStep.Malformed.class);
        assertThat(bearer.next(octets("n,,^auth=Bearer " + TOKEN + "^^"))).isInstanceOf(SaslStep.Malformed.class);
        assertThat(tokens.logins).isEmpty();
    }

    /** RFC 6750 §3.1: who sends none is told where to get one; no token is looked at that is none. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Bearer a b", "Bearer =", "Bearer a\u00fc"})
    void tellsWhoHasNoTokenWhereToGetOne(String auth) {
        SaslStep step = bearer.next(octets("n,,^auth=" + auth + "^^"));
        if (auth.contains("\u00fc")) {
            assertThat(step).isInstanceOf(SaslStep.Malformed.class);
        } else {
            assertThat(text(step)).startsWith("{\"status\":\"invalid_request\"").contains("openid-configuration");
            assertThat(tokens.logins).containsExactly("- -");
        }
    }

    @Test
    void speaksWhatWasBeforeTheStandard() {
        assertThat(xoauth2.next(octets("user=someuser@example.com^auth=Bearer " + TOKEN + "^^")))
                .isEqualTo(new SaslStep.Finished(ACCEPTED));
        assertThat(tokens.logins).containsExactly("someuser@example.com " + TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "^"})
    void takesNothingAsTheAnswerOfOldClients(String answer) {
        assertThat(text(xoauth2.next(octets("user=u^auth=Bearer other^^"))))
                .isEqualTo("{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"mail read\"}");
        assertThat(xoauth2.next(octets(answer))).isEqualTo(new SaslStep.Finished(REJECTED));
        assertThat(xoauth2.next(octets(answer))).isInstanceOf(SaslStep.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "^^",
                "user=^auth=Bearer x^^",
                "auth=Bearer x^^",
                "user=u^^",
                "user=u^auth=Bearer x^",
                "user=u\u0000^auth=Bearer x^^",
                "user=u^user=v^auth=Bearer x^^",
                "n,,^auth=Bearer x^^",
            })
    void refusesWhatIsNotXoauth2(String message) {
        assertThat(xoauth2.next(octets(message))).isInstanceOf(SaslStep.Malformed.class);
        assertThat(tokens.logins).isEmpty();
    }

    @Test
    void isOfferedWhereTokensAreVerifiedAndNowhereElse() {
        assertThat(Sasl.mechanisms(true, true))
                .containsExactly("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2", "PLAIN", "LOGIN");
        assertThat(Sasl.mechanisms(false, false)).isEqualTo(Sasl.MECHANISMS);
        for (String name : Sasl.TOKEN_MECHANISMS) {
            assertThat(Sasl.start(name, accounts(Optional.of(tokens)))).isPresent();
            assertThat(Sasl.start(name, accounts(Optional.empty()))).isEmpty();
        }
    }

    @Test
    void answersAnyOctets() {
        Random random = new Random(7628);
        byte[] seed = octets("n,a=u=3D,^auth=Bearer " + TOKEN + "^^");
        for (int round = 0; round < 20_000; round++) {
            byte[] message = seed.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                message[random.nextInt(message.length)] = (byte) random.nextInt(256);
            }
            assertThat(new OAuthBearerMechanism(tokens).next(message)).isNotNull();
            assertThat(new XOAuth2Mechanism(tokens).next(message)).isNotNull();
        }
    }

    /** A long message costs no more than its length. */
    @Test
    void readsHostileLengthInNoTime() {
        String many = "a=b^".repeat(1) + "x".repeat(9_000) + "=" + "=2C".repeat(3_000);
        for (String message :
                List.of("n,a=" + "=2C".repeat(4_000) + "x", "n,,^auth=Bearer " + "=".repeat(9_000), many)) {
            long before = System.nanoTime();
            assertThat(new OAuthBearerMechanism(tokens).next(octets(message))).isInstanceOf(SaslStep.Malformed.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void showsNoToken() {
        assertThat(BearerMessage.parse("auth=Bearer secret\u0001\u0001").toString())
                .doesNotContain("secret");
    }

    /** What is written into JSON without being escaped must not need it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "a\\b", "a  b", " a", "a\u0000", "\u4e2d"})
    void takesOnlyScopesOfTheGrammar(String scope) {
        assertThatThrownBy(() -> new TokenIssuer(Optional.of(scope), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Sasl.Accounts accounts(Optional<Sasl.Tokens> tokens) {
        return new Sasl.Accounts() {
            @Override
            public LoginResult login(String username, Secret password) {
                return REJECTED;
            }

            @Override
            public ScramVerifier verifier(String username) {
                return ScramVerifiers.madeUp(username, new byte[] {1});
            }

            @Override
            public LoginResult scramCompleted(String username, boolean proved) {
                return REJECTED;
            }

            @Override
            public Optional<Sasl.Tokens> tokens() {
                return tokens;
            }
        };
    }

    private static byte[] octets(String text) {
        return text.replace('^', '\u0001').getBytes(StandardCharsets.UTF_8);
    }

    private static String text(SaslStep step) {
        assertThat(step).isInstanceOf(SaslStep.Challenge.class);
        return new String(((SaslStep.Challenge) step).octets(), StandardCharsets.US_ASCII);
    }
}
