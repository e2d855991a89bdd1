// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ReversePath;

/** RFC 5321 §4.1 and the extensions, rule by rule. */
class SmtpParserTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    MAIL FROM:<a@example.org>                   | Mail[path=a@example.org, size=OptionalLong.empty, smtpUtf8=false]
                    mail from:<>                                | Mail[path=, size=OptionalLong.empty, smtpUtf8=false]
                    MAIL FROM: <a@example.org> SIZE=10 BODY=8BITMIME | Mail[path=a@example.org, size=OptionalLong[10], smtpUtf8=false]
                    MAIL FROM:<ä@example.org> SMTPUTF8          | Mail[path=ä@example.org, size=OptionalLong.empty, smtpUtf8=true]
                    MAIL FROM:<@one.example,@two.example:a@example.org> AUTH=<> | Mail[path=a@example.org, size=OptionalLong.empty, smtpUtf8=false]
                    RCPT TO:<"a > b"@example.org>               | Recipient[address=Optional["a > b"@example.org]]
                    RCPT TO:<Postmaster>                        | Recipient[address=Optional.empty]
                    BDAT 86 LAST                                | Chunk[size=86, last=true]
                    BDAT 0                                      | Chunk[size=0, last=false]
                    EHLO [127.0.0.1]                            | Hello[name=[127.0.0.1], extended=true]
                    HELO client.example.org                     | Hello[name=client.example.org, extended=false]
                    AUTH PLAIN AGEAYg==                         | Auth[mechanism=PLAIN, initialResponse=Optional[[redacted]]]
                    data                                        | Data[]
                    NOOP whatever                               | Noop[]
                    GET / HTTP/1.1                              | HttpRequest[]
                    XYZZY 1                                     | Unrecognised[verb=XYZZY]
                    """)
    void understands(String line, String command) throws SmtpSyntaxException {
        assertThat(SmtpParser.parse(line.getBytes(StandardCharsets.UTF_8))).hasToString(shown(command));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    EHLO                                  | 501
                    MAIL                                  | 501
                    MAIL TO:<a@example.org>               | 501
                    MAIL FROM:a@example.org               | 501
                    MAIL FROM:<a>                         | 553
                    MAIL FROM:<a@example.org> SIZE=x      | 501
                    MAIL FROM:<a@example.org> BODY=BINARYMIME | 501
                    MAIL FROM:<a@example.org> RET=FULL    | 555
                    RCPT TO:<a@example.org> NOTIFY=NEVER  | 555
                    RCPT TO:<>                            | 553
                    DATA now                              | 501
                    BDAT                                  | 501
                    BDAT -1                               | 501
                    BDAT 1 FIRST                          | 501
                    AUTH                                  | 501
                    STARTTLS now                          | 501
                    """)
    void saysWhatIsWrong(String line, int code) {
        assertThatThrownBy(() -> SmtpParser.parse(line.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        SmtpSyntaxException.class,
                        e -> assertThat(e.reply().code()).isEqualTo(code));
    }

    @Test
    void takesPartsOfACommandApart() throws SmtpSyntaxException {
        SmtpCommand.Mail mail = (SmtpCommand.Mail)
                SmtpParser.parse("MAIL FROM:<a@example.org> SIZE=7".getBytes(StandardCharsets.US_ASCII));
        assertThat(mail.path()).isEqualTo(new ReversePath(Optional.of(EmailAddress.parse("a@example.org"))));
        assertThat(mail.size()).isEqualTo(OptionalLong.of(7));
    }

    @Property
    void neverFailsOtherwise(@ForAll byte[] line) {
        try {
            assertThat(SmtpParser.parse(line)).isNotNull();
        } catch (SmtpSyntaxException e) {
            assertThat(e.reply().code()).isBetween(500, 599);
        }
    }

    private static String shown(String command) {
        return command.startsWith("Mail[path=")
                ? command.replaceFirst("path=([^,]*),", "path=$1,").strip()
                : command.strip();
    }
}
