// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.Xtext;

/** The parameters of RFC 1870, RFC 2852, RFC 3030, RFC 3461, RFC 4865, RFC 4954, RFC 6152, RFC 6531, RFC 6533, RFC 6710 and RFC 8689. */
class MailParametersTest {
    private static final Instant NOW = Instant.parse("2026-11-05T09:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                            | 7 - - - - 0 - -
                    BODY=7BIT                     | 7 - - - - 0 - -
                    body=8bitmime                 | 8 - - - - 0 - -
                    BODY=BINARYMIME               | B - - - - 0 - -
                    SMTPUTF8                      | 7 utf8 - - - 0 - -
                    RET=FULL ENVID=QQ314159       | 7 - FULL QQ314159 - 0 - -
                    ret=hdrs envid=a+2Bb+20c      | 7 - HEADERS a+b c - 0 - -
                    REQUIRETLS                    | 7 - - - tls 0 - -
                    MT-PRIORITY=3                 | 7 - - - - 3 - -
                    mt-priority=-9                | 7 - - - - -9 - -
                    MT-PRIORITY=0                 | 7 - - - - 0 - -
                    HOLDFOR=1                     | 7 - - - - 0 PT1S -
                    HOLDFOR=999999999             | 7 - - - - 0 PT277777H46M39S -
                    HOLDUNTIL=2026-11-05T10:00:00Z | 7 - - - - 0 PT1H -
                    holduntil=2026-11-05t10:30:00.5+01:30 | 7 - - - - 0 PT0.5S -
                    BY=98;R                       | 7 - - - - 0 - PT1M38S RETURN
                    BY=+98;nt                     | 7 - - - - 0 - PT1M38S NOTIFY trace
                    BY=-999999999;N               | 7 - - - - 0 - PT-277777H-46M-39S NOTIFY
                    AUTH=<>                       | 7 - - - - 0 - -
                    AUTH=e+3Dmc2@example.com SIZE=1 | 7 - - - - 0 - -
                    """)
    void understandsTheParametersOfMail(String text, String meaning) throws SmtpSyntaxException {
        assertThat(shown(MailParameterParser.parse(text).options(NOW, 9))).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SIZE                     | 501
                    SIZE=                    | 501
                    SIZE=-1                  | 501
                    SIZE=1x                  | 501
                    SIZE=1=1                 | 501
                    SIZE=1 SIZE=1            | 501
                    SIZE=1 size=2            | 501
                    BODY                     | 501
                    BODY=8BIT                | 501
                    SMTPUTF8=yes             | 501
                    RET=ALL                  | 501
                    ENVID                    | 501
                    ENVID=a+2                | 501
                    ENVID=a+2b               | 501
                    ENVID=a+0D+0Ab           | 501
                    ENVID=a+80               | 501
                    ENVID=ä                  | 501
                    REQUIRETLS=YES           | 501
                    MT-PRIORITY=10           | 501
                    MT-PRIORITY=-10          | 501
                    MT-PRIORITY=+1           | 501
                    MT-PRIORITY=-0           | 501
                    MT-PRIORITY=01           | 501
                    HOLDFOR=0                | 501
                    HOLDFOR=060              | 501
                    HOLDFOR=1000000000       | 501
                    HOLDFOR=-1               | 501
                    HOLDFOR=1.5              | 501
                    HOLDUNTIL=2026-11-05     | 501
                    HOLDUNTIL=2026-11-05T10:00:00 | 501
                    HOLDUNTIL=2026-13-05T10:00:00Z | 501
                    HOLDUNTIL=2026-11-05T25:00:00Z | 501
                    HOLDUNTIL=2026-11-05T10:00:00+99:00 | 501
                    HOLDFOR=1 HOLDUNTIL=2026-11-05T10:00:00Z | 501
                    BY=1                     | 501
                    BY=1;X                   | 501
                    BY=1;RN                  | 501
                    BY=;R                    | 501
                    BY=0;R                   | 501
                    BY=-5;R                  | 501
                    BY=1000000000;N          | 501
                    AUTH                     | 501
                    AUTH=a+b                 | 501
                    -A=1                     | 501
                    A_B                      | 501
                    ä=1                      | 501
                    RRVS=2014-04-03T23:01:00Z | 555
                    X                        | 555
                    NOTIFY=NEVER             | 555
                    """)
    void saysWhatIsWrongInMail(String text, int code) {
        refuses(() -> MailParameterParser.parse(text), code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                  | DELAY,FAILURE - -
                    NOTIFY=NEVER                        | '' given -
                    NOTIFY=delay                        | DELAY given -
                    NOTIFY=SUCCESS,FAILURE,DELAY        | DELAY,FAILURE,SUCCESS given -
                    NOTIFY=SUCCESS,SUCCESS              | SUCCESS given -
                    ORCPT=rfc822;Bob@Example.COM        | DELAY,FAILURE - rfc822 Bob@Example.COM
                    orcpt=RFC822;a+2Bb+3Dc@x.example    | DELAY,FAILURE - rfc822 a+b=c@x.example
                    ORCPT=x400;/C=a/                    | 501
                    ORCPT=x400;/C+3Da/                  | DELAY,FAILURE - x400 /C=a/
                    ORCPT=utf-8;\\x{E4}@x.example       | DELAY,FAILURE - utf-8 ä@x.example
                    ORCPT=UTF-8;a+b@x.example           | DELAY,FAILURE - utf-8 a+b@x.example
                    ORCPT=utf-8;ä@x.example             | DELAY,FAILURE - utf-8 ä@x.example international
                    ORCPT=rfc822;a NOTIFY=NEVER         | '' given rfc822 a
                    """)
    void understandsTheParametersOfRecipients(String text, String meaning) throws SmtpSyntaxException {
        if (meaning.matches("[0-9]+")) {
            refuses(() -> RecipientParameters.parse(text), Integer.parseInt(meaning));
            return;
        }
        assertThat(shown(RecipientParameters.parse(text))).isEqualTo(meaning.replace("''", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    NOTIFY                         | 501
                    NOTIFY=                        | 501
                    NOTIFY=SOMETIMES               | 501
                    NOTIFY=NEVER,SUCCESS           | 501
                    NOTIFY=SUCCESS,                | 501
                    NOTIFY=,SUCCESS                | 501
                    NOTIFY=DELAY NOTIFY=DELAY      | 501
                    ORCPT=rfc822                   | 501
                    ORCPT=;a@x.example             | 501
                    ORCPT=rfc822;                  | 501
                    ORCPT=rfc 822;a                | 501
                    ORCPT=rfc822;a+b               | 501
                    ORCPT=rfc822;a+0Ab             | 501
                    ORCPT=rfc822;ä@x.example       | 501
                    ORCPT=utf-8;ä                  | 501
                    ORCPT=utf-8;\\x{41}@x.example  | 501
                    ORCPT=rfc822;a ORCPT=rfc822;a  | 501
                    RET=FULL                       | 555
                    SIZE=1                         | 555
                    """)
    void saysWhatIsWrongInRecipients(String text, int code) {
        refuses(() -> RecipientParameters.parse(text), code);
    }

    @Test
    void knowsTheLongestIdentifierAndTheLongestOriginalRecipient() throws SmtpSyntaxException {
        assertThat(MailParameterParser.parse("ENVID=" + "x".repeat(100)).envelopeId())
                .isPresent();
        refuses(() -> MailParameterParser.parse("ENVID=" + "x".repeat(101)), 501);
        assertThat(RecipientParameters.parse("ORCPT=rfc822;" + "x".repeat(493)).original())
                .isPresent();
        refuses(() -> RecipientParameters.parse("ORCPT=rfc822;" + "x".repeat(494)), 501);
    }

    @Test
    void lowersAPriorityButRaisesNone() throws SmtpSyntaxException {
        MailParameters asked = MailParameterParser.parse("MT-PRIORITY=5");
        assertThat(asked.priority()).isEqualTo(OptionalInt.of(5));
        assertThat(asked.options(NOW, 0).priority()).isZero();
        assertThat(asked.options(NOW, 9).priority()).isEqualTo(5);
        assertThat(MailParameterParser.parse("MT-PRIORITY=-5").options(NOW, 0).priority())
                .isEqualTo(-5);
        assertThat(MailParameterParser.parse("").options(NOW, -5).priority()).isZero();
    }

    @Property
    void decodesEveryPrintableIdentifier(
            @ForAll @CharRange(from = ' ', to = '~') @StringLength(min = 1, max = 33) String id)
            throws SmtpSyntaxException {
        assertThat(MailParameterParser.parse("ENVID=" + Xtext.encode(id)).envelopeId())
                .contains(id);
        assertThat(RecipientParameters.parse("ORCPT=rfc822;" + Xtext.encode(id)).original())
                .contains(new ForwardPath.OriginalRecipient("rfc822", id));
    }

    private interface Parsing {
        Object run() throws SmtpSyntaxException;
    }

    private static void refuses(Parsing parsing, int code) {
        assertThatThrownBy(parsing::run).isInstanceOfSatisfying(SmtpSyntaxException.class, e -> {
            assertThat(e.reply().code()).isEqualTo(code);
            assertThat(e.reply().enhanced()).isEqualTo(e.getMessage().contains("MT-PRIORITY ") ? "5.5.2" : "5.5.4");
        });
    }

    private static String shown(MailOptions options) {
        String body = switch (options.body()) {
            case SEVEN_BIT -> "7";
            case EIGHT_BIT -> "8";
            case BINARY -> "B";
        };
        return String.join(
                " ",
                body,
                options.smtpUtf8() ? "utf8" : "-",
                options.returned().map(Enum::name).orElse("-"),
                options.envelopeId().orElse("-"),
                options.requireTls() ? "tls" : "-",
                String.valueOf(options.priority()),
                options.releaseAt().map(MailParametersTest::fromNow).orElse("-"),
                options.deliverBy()
                        .map(by -> fromNow(by.deadline()) + " " + by.mode() + (by.trace() ? " trace" : ""))
                        .orElse("-"));
    }

    private static String fromNow(Instant moment) {
        return Duration.between(NOW, moment).toString();
    }

    private static String shown(RecipientParameters parameters) {
        ForwardPath.Notify notice = parameters.notice().orElse(ForwardPath.Notify.DEFAULT);
        Optional<ForwardPath.OriginalRecipient> original = parameters.original();
        return notice.events().stream()
                        .map(Enum::name)
                        .sorted()
                        .reduce((a, b) -> a + "," + b)
                        .orElse("")
                + (notice.given() ? " given " : " - ")
                + original.map(given -> given.type() + " " + given.address()).orElse("-")
                + (parameters.international() ? " international" : "");
    }
}
