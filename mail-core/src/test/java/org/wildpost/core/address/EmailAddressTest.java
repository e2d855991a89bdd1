// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of RFC 5321 §4.1.2 and RFC 6531 §3.3, as tables. */
class EmailAddressTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\u0001',
            value = {
                "alice@demo.test, alice, demo.test",
                "Alice.B+tag@Demo.TEST, Alice.B+tag, demo.test",
                "\"two words\"@demo.test, two words, demo.test",
                "\"a\\\"b\\\\c\"@demo.test, a\"b\\c, demo.test",
                "\"a@b\"@demo.test, a@b, demo.test",
                "用户@例子.测试, 用户, xn--fsqu00a.xn--0zwm56d",
                "a@[127.0.0.1], a, [127.0.0.1]",
                "a@[IPv6:::1], a, [ipv6:::1]",
            })
    void readsAMailbox(String text, String localPart, String domain) {
        EmailAddress address = EmailAddress.parse(text);

        assertThat(address.localPart()).isEqualTo(localPart);
        assertThat(address.domain().ascii()).isEqualTo(domain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "alice",
                "alice@",
                "@demo.test",
                ".alice@demo.test",
                "alice.@demo.test",
                "a..b@demo.test",
                "a b@demo.test",
                "a\r\n@demo.test",
                "\"open@demo.test",
                "\"\"@demo.test",
                "\"a\u0000\"@demo.test",
                "a@-demo.test",
                "a@demo-.test",
                "a@demo..test",
                "a@demo.test.",
                "a@[<script>]",
                "a@demo_x.test",
                "a@b@demo.test",
                "12345678901234567890123456789012345678901234567890123456789012345@demo.test",
            })
    void refusesWhatIsNoMailbox(String text) {
        assertThatExceptionOfType(AddressException.class).isThrownBy(() -> EmailAddress.parse(text));
    }

    @Test
    void saysWhereItWentWrong() {
        assertThatExceptionOfType(AddressException.class)
                .isThrownBy(() -> EmailAddress.parse("a b@demo.test"))
                .satisfies(e -> assertThat(e.offset()).isEqualTo(1))
                .withMessageContaining("character 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice@demo.test", "\"two words\"@demo.test", "\"a\\\"b\\\\c\"@demo.test", "a@[127.0.0.1]"})
    void writesWhatItRead(String text) {
        assertThat(EmailAddress.parse(text)).hasToString(text);
    }

    @Test
    void comparesAccountsWithoutCase() {
        assertThat(EmailAddress.parse("Alice@Demo.Test").canonical())
                .isEqualTo(EmailAddress.parse("alice@demo.test").canonical());
    }

    @Test
    void showsDomainsToPeopleInTheirOwnScript() {
        assertThat(DomainName.parse("xn--fsqu00a.xn--0zwm56d").unicode()).isEqualTo("例子.测试");
    }

    @Test
    void answersEveryTextWithAnAddressOrAnAddressException() {
        Random random = new Random(5321);
        String alphabet = "ab.@\"\\[]:<> \r\n\u0000é例-_1";
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                EmailAddress address = EmailAddress.parse(text.toString());
                assertThat(EmailAddress.parse(address.toString())).isEqualTo(address);
            } catch (AddressException e) {
                assertThat(e.offset()).isBetween(0, text.length());
            }
        }
    }
}
