// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.srs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;

/** The known answers were computed with another implementation of HMAC and base32. */
class SrsTest {
    private static final Instant NOW = Instant.parse("2026-11-05T09:07:03Z");
    private static final DomainName OURS = DomainName.parse("demo.test");
    private static final byte[] SECRET = "first secret".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEWER = "second secret".getBytes(StandardCharsets.UTF_8);

    private final Srs srs = new Srs(List.of(SECRET), Srs.DEFAULT_MAX_AGE);

    @ParameterizedTest
    @CsvSource({
        "bob@far.test,                            SRS0=NSPEC7=I2=far.test=bob",
        "Bob.B+x@far.test,                        SRS0=FGEABE=I2=far.test=Bob.B+x",
        "a=b=c@far.test,                          SRS0=NT3PYN=I2=far.test=a=b=c",
        "SRS0=ABCD=EF=far.test=bob@hop.test,      SRS1=A7XWE6=hop.test==ABCD=EF=far.test=bob",
        "SRS1=WHAT=hop.test==ABCD=EF=far.test=bob@third.test, SRS1=A7XWE6=hop.test==ABCD=EF=far.test=bob",
        "bounces+1234567-abcd-alice=demo.test@em1234.mailer.example, SRS0=Y7JY2T=I2==DZAKVLDZTBARXTQN",
    })
    void rewritesAsKnown(String sender, String local) {
        assertThat(srs.rewrite(EmailAddress.parse(sender), OURS, NOW).address().toString())
                .isEqualTo(local + "@demo.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob@far.test",
                "Bob.B+x@far.test",
                "a=b=c@far.test",
                "\"a b\"@far.test",
                "bob@[192.0.2.1]",
                "srs0x@far.test",
                "SRS0@far.test",
                "SRS1=one=part@far.test",
                "=@far.test",
            })
    void findsTheSenderAgain(String sender) {
        EmailAddress address = EmailAddress.parse(sender);
        Srs.Rewritten rewritten = srs.rewrite(address, OURS, NOW);

        assertThat(rewritten.keep()).isFalse();
        assertThat(srs.reverse(rewritten.address(), NOW)).isEqualTo(new SrsReversal.Sender(address));
    }

    @ParameterizedTest
    @CsvSource({
        "SRS0=ABCD=EF=far.test=bob@hop.test,                 SRS0=ABCD=EF=far.test=bob@hop.test",
        "srs0+ABCD=EF=far.test=bob@hop.test,                 SRS0+ABCD=EF=far.test=bob@hop.test",
        "SRS1=WHAT=hop.test=-ABCD=EF=far.test=b@third.test,  SRS0-ABCD=EF=far.test=b@hop.test",
    })
    void goesBackToWhoeverRewroteFirst(String sender, String back) {
        EmailAddress returnPath =
                srs.rewrite(EmailAddress.parse(sender), OURS, NOW).address();

        assertThat(returnPath.localPart()).startsWith("SRS1=");
        assertThat(srs.reverse(returnPath, NOW)).isEqualTo(new SrsReversal.Sender(EmailAddress.parse(back)));
    }

    @Test
    void keepsASenderWhoDoesNotFitUnderAKeyThatIsAlwaysTheSame() {
        EmailAddress sender = EmailAddress.parse("x".repeat(64) + "@a-rather-long-domain.example");
        Srs.Rewritten rewritten = srs.rewrite(sender, OURS, NOW);

        assertThat(rewritten.keep()).isTrue();
        assertThat(srs.reverse(rewritten.address(), NOW.plus(Duration.ofDays(3))))
                .isEqualTo(new SrsReversal.Kept(Srs.key(sender)));
    }

    @Test
    void neverMakesALocalPartThatIsTooLong() {
        for (int length = 1; length <= Srs.MAX_LOCAL_PART; length++) {
            for (String sender :
                    List.of("x".repeat(length) + "@far.test", "\u00e9".repeat(length / 2 + 1) + "@far.test")) {
                Srs.Rewritten rewritten = srs.rewrite(
                        new EmailAddress(sender.substring(0, sender.indexOf('@')), DomainName.parse("far.test")),
                        OURS,
                        NOW);

                assertThat(rewritten.address().localPart().getBytes(StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(64);
                assertThat(EmailAddress.parse(rewritten.address().toString())).isEqualTo(rewritten.address());
            }
        }
    }

    @Test
    void doesNotMindTheCaseOfLetters() {
        EmailAddress returnPath = new EmailAddress(
                srs.rewrite(EmailAddress.parse("Bob@far.test"), OURS, NOW)
                        .address()
                        .localPart()
                        .toLowerCase(Locale.ROOT),
                OURS);

        assertThat(Srs.isReturnPath(returnPath)).isTrue();
        assertThat(srs.reverse(returnPath, NOW)).isEqualTo(new SrsReversal.Sender(EmailAddress.parse("bob@far.test")));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "21, true", "22, false", "100, false", "1000, false", "1022, false", "1023, true"})
    void expires(int days, boolean valid) {
        EmailAddress returnPath =
                srs.rewrite(EmailAddress.parse("bob@far.test"), OURS, NOW).address();

        assertThat(srs.reverse(returnPath, NOW.plus(Duration.ofDays(days))) instanceof SrsReversal.Sender)
                .isEqualTo(valid);
        if (!valid) {
            assertThat(srs.reverse(returnPath, NOW.plus(Duration.ofDays(days)))).isEqualTo(new SrsReversal.Expired());
        }
    }

    @Test
    void takesWhatANodeWithAFasterClockMade() {
        EmailAddress tomorrow = srs.rewrite(EmailAddress.parse("bob@far.test"), OURS, NOW.plus(Duration.ofDays(1)))
                .address();

        assertThat(srs.reverse(tomorrow, NOW)).isInstanceOf(SrsReversal.Sender.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SRS0=NSPEC6=I2=far.test=bob",
                "SRS0=NSPEC7=I3=far.test=bob",
                "SRS0=NSPEC7=I2=far.test=eve",
                "SRS0=NSPEC7=I2=fat.test=bob",
                "SRS0=NSPEC=I2=far.test=bob",
                "SRS0==I2=far.test=bob",
                "SRS0=NSPEC7=I2=far.test=",
                "SRS0=NSPEC7=I2=far.test",
                "SRS0=NSPEC7=I2==bob",
                "SRS0=NSPEC7",
                "SRS0==",
                "SRS0====",
                "SRS0=x",
                "SRS1=A7XWE7=hop.test==ABCD=EF=far.test=bob",
                "SRS1=A7XWE6=hop.tesT.x==ABCD=EF=far.test=bob",
                "SRS1=A7XWE6=hop.test=ABCD=EF=far.test=bob",
                "SRS1=A7XWE6=hop.test=",
                "SRS1=A7XWE6",
                "SRS1=NSPEC7=I2=far.test=bob",
                "SRS0=A7XWE6=hop.test==ABCD=EF=far.test=bob",
            })
    void knowsWhatWasNotMadeHere(String local) {
        assertThat(srs.reverse(new EmailAddress(local, OURS), NOW)).isEqualTo(new SrsReversal.Forged());
    }

    @Test
    void provesWithTheOldSecretAndSealsWithTheNewOne() {
        Srs rotated = new Srs(List.of(NEWER, SECRET), Srs.DEFAULT_MAX_AGE);
        EmailAddress bob = EmailAddress.parse("bob@far.test");
        EmailAddress old = srs.rewrite(bob, OURS, NOW).address();
        EmailAddress made = rotated.rewrite(bob, OURS, NOW).address();

        assertThat(made.localPart()).isEqualTo("SRS0=SPDOQX=I2=far.test=bob");
        assertThat(rotated.reverse(old, NOW)).isEqualTo(new SrsReversal.Sender(bob));
        assertThat(rotated.reverse(made, NOW)).isEqualTo(new SrsReversal.Sender(bob));
        assertThat(srs.reverse(made, NOW)).isEqualTo(new SrsReversal.Forged());
    }

    @ParameterizedTest
    @CsvSource({
        "SRS0=x@demo.test, true",
        "srs1+x@demo.test, true",
        "SRS0-x@demo.test, true",
        "SRS0@demo.test, false",
        "SRS0=@demo.test, false",
        "SRS0x=1@demo.test, false",
        "SRS2=x@demo.test, false",
        "bob@demo.test, false",
    })
    void seesTheForm(String address, boolean returnPath) {
        assertThat(Srs.isReturnPath(EmailAddress.parse(address))).isEqualTo(returnPath);
    }

    @Test
    void throwsAtNothingThatComesBack() {
        Random random = new Random(7);
        String letters = "SRS01=+-AZ27@.\u00e9 \"";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder local = new StringBuilder(random.nextBoolean() ? "SRS0=" : "srs1-");
            random.ints(random.nextInt(40), 0, letters.length()).forEach(c -> local.append(letters.charAt(c)));
            EmailAddress address = new EmailAddress(local.toString(), OURS);
            if (Srs.isReturnPath(address)) {
                assertThat(srs.reverse(address, NOW)).isEqualTo(new SrsReversal.Forged());
            }
            srs.rewrite(address, OURS, NOW);
        }
    }

    @Test
    void wantsASecretAndAnAgeThatTheCycleCanTell() {
        assertThatThrownBy(() -> new Srs(List.of(), Srs.DEFAULT_MAX_AGE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Srs(List.of(SECRET), Duration.ofDays(1022)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Srs(List.of(SECRET), Duration.ofHours(23)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
