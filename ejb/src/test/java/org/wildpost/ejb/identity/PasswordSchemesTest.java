// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.sasl.Secret;
import org.wildpost.ejb.settings.NewPasswords;

class PasswordSchemesTest {
    private final PasswordSchemes schemes = new PasswordSchemes();

    /** Known answers: the SHA-crypt specification, and the reference implementation of Argon2 (RFC 9106). */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Hello world!;$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
                "Hello world!;{SHA512-CRYPT}$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
                "Hello world!;$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.",
                "password;$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            })
    void verifiesWhatOthersWrote(String password, String hash) {
        assertThat(schemes.verify(new Secret(password), hash)).isTrue();
        assertThat(schemes.verify(new Secret(password + "x"), hash)).isFalse();
    }

    @Test
    void writesArgon2idWithASaltOfItsOwn() {
        String hash = schemes.hash(new Secret("correct horse"));

        assertThat(hash)
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$")
                .isNotEqualTo(schemes.hash(new Secret("correct horse")));
        assertThat(schemes.verify(new Secret("correct horse"), hash)).isTrue();
        assertThat(schemes.verify(new Secret("Correct horse"), hash)).isFalse();
    }

    /** RFC 4616 §2: some keyboards send letters and their marks apart; a hash made elsewhere is of what was typed there. */
    @Test
    void takesAPasswordHoweverItsLettersAreComposed() {
        Secret apart = new Secret("pa\u0308sswort");
        Secret together = new Secret("p\u00e4sswort");

        assertThat(schemes.verify(apart, schemes.hash(together))).isTrue();
        assertThat(schemes.verify(together, schemes.hash(apart))).isTrue();
        assertThat(schemes.verify(new Secret("passwort"), schemes.hash(together)))
                .isFalse();
        assertThat(schemes.verify(apart, new Sha512CryptScheme().hash(apart))).isTrue();
    }

    @Test
    void writesSha512CryptWithTheRoundsOfPosteWhenTheOperatorChoseIt() {
        String hash = new PasswordSchemes(NewPasswords.SHA512_CRYPT).hash(new Secret("密码"));

        assertThat(hash).startsWith("$6$rounds=5000$");
        assertThat(schemes.verify(new Secret("密码"), hash)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wildpost",
                "{PLAIN}wildpost",
                "$1$salt$hash",
                "$6$salt",
                "$6$rounds=999999999$salt$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjlO/O817G3uBnIFNjnQJuesI68OTLiBFdcbYEdFCoEOfaS35inz1",
                "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$",
            })
    void refusesDamagedHashesAndAbsurdWork(String hash) {
        assertThat(schemes.verify(new Secret("wildpost"), hash)).isFalse();
    }

    @Test
    void knowsItsOwnSchemesOnly() {
        assertThat(schemes.knows("$6$a$b")).isTrue();
        assertThat(schemes.knows("$2y$10$abc")).isFalse();
    }
}
