// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ReversePath;

/** RFC 5321 §4.1 and the extensions, rule by rule. */
class SmtpParserTest {
    /** One line for each command, from which mutations begin. */
    private static final List<String> LINES = List.of(
            "MAIL FROM:<\"a b\"@example.org> SIZE=10 BODY=BINARYMIME SMTPUTF8 RET=HDRS ENVID=a+2Bb REQUIRETLS",
            "MAIL FROM:<> MT-PRIORITY=-9 HOLDFOR=600 BY=-600;NT AUTH=<>",
            "MAIL FROM:<ä@example.org> HOLDUNTIL=2026-11-05T09:00:00.5+01:00 AUTH=e+3Dmc2@example.com",
            "RCPT TO:<@a.example:b@example.org> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;a+2Bb@example.org",
            "RCPT TO:<Postmaster> NOTIFY=NEVER ORCPT=utf-8;\\x{E4}+b@example.org",
            "XCLIENT NAME=a.example ADDR=IPV6:2001:db8::1 PORT=25 PROTO=ESMTP HELO=[192.0.2.1] LOGIN=[UNAVAILABLE]",
            "BDAT 86 LAST",
            "LHLO client.example.org",
            "AUTH PLAIN AGEAYg==");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RCPT TO:<"a > b"@example.org>   | Recipient[address=Optional["a > b"@example.org]
                    RCPT TO:<Postmaster>            | Recipient[address=Optional.empty
                    BDAT 86 LAST                    | Chunk[size=86, last=true]
                    BDAT 0                          | Chunk[size=0, last=false]
                    EHLO [127.0.0.1]                | Hello[name=[127.0.0.1], dialect=EHLO]
                    HELO client.example.org         | Hello[name=client.example.org, dialect=HELO]
                    LHLO client.example.org         | Hello[name=client.example.org, dialect=LHLO]
                    AUTH PLAIN AGEAYg==             | Auth[mechanism=PLAIN, initialResponse=Optional[[redacted]]]
                    data                            | Data[]
                    NOOP whatever                   | Noop[]
                    GET / HTTP/1.1                  | HttpRequest[]
                    XYZZY 1                         | Unrecognised[verb=XYZZY]
                    xclient addr=192.0.2.1          | Forwarded[attributes=[Address[address=/192.0.2.1]]]
                    XCLIENT ADDR=ipv6:::1 PORT=1    | Forwarded[attributes=[Address[address=/0:0:0:0:0:0:0:1], Port[port=1]]]
                    XCLIENT ADDR=[Unavailable] PORT=[UNAVAILABLE] | Forwarded[attributes=[Address[address=/0.0.0.0], Port[port=0]]]
                    XCLIENT PROTO=smtp HELO=a+2Bb   | Forwarded[attributes=[Protocol[extended=false], Helo[name=Optional[a+b]]]]
                    XCLIENT HELO=[UNAVAILABLE]      | Forwarded[attributes=[Helo[name=Optional.empty]]]
                    XCLIENT NAME=[TEMPUNAVAIL] DESTADDR=192.0.2.1 DESTPORT=25 LOGIN=[UNAVAILABLE] | Forwarded[attributes=[Noted[name=NAME], Noted[name=DESTADDR], Noted[name=DESTPORT], Noted[name=LOGIN]]]
                    """)
    void understands(String line, String command) throws SmtpSyntaxException {
        assertThat(parse(line).toString()).startsWith(command);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "<>", textBlock = """
                    MAIL FROM:<a@example.org>                   | a@example.org
                    mail from:<>                                | ''
                    MAIL FROM: <a@example.org> SIZE=10          | a@example.org
                    MAIL FROM:<ä@example.org> SMTPUTF8          | ä@example.org
                    MAIL FROM:<@one.example,@two.example:a@example.org> AUTH=<> | a@example.org
                    """)
    void findsTheReversePath(String line, String path) throws SmtpSyntaxException {
        assertThat(((SmtpCommand.Mail) parse(line)).path()).hasToString(path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    EHLO                                  | 501
                    LHLO                                  | 501
                    MAIL                                  | 501
                    MAIL TO:<a@example.org>               | 501
                    MAIL FROM:a@example.org               | 501
                    MAIL FROM:<a>                         | 553
                    RCPT TO:<>                            | 553
                    DATA now                              | 501
                    BDAT                                  | 501
                    BDAT -1                               | 501
                    BDAT 1 FIRST                          | 501
                    AUTH                                  | 501
                    STARTTLS now                          | 501
                    XCLIENT                               | 501
                    XCLIENT ADDR=1.2.3                    | 501
                    XCLIENT ADDR=here                     | 501
                    XCLIENT ADDR=1.2.3.4+20               | 501
                    XCLIENT PORT=01                       | 501
                    XCLIENT PORT=99999                    | 501
                    XCLIENT DESTPORT=x                    | 501
                    XCLIENT DESTADDR=x                    | 501
                    XCLIENT NAME=a+0Db                    | 501
                    XCLIENT HELO=a+20b                    | 501
                    """)
    void saysWhatIsWrong(String line, int code) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOfSatisfying(
                        SmtpSyntaxException.class,
                        e -> assertThat(e.reply().code()).isEqualTo(code));
    }

    @Test
    void takesPartsOfACommandApart() throws SmtpSyntaxException {
        SmtpCommand.Mail mail = (SmtpCommand.Mail) parse("MAIL FROM:<a@example.org> SIZE=7");
        assertThat(mail.path()).isEqualTo(new ReversePath(Optional.of(EmailAddress.parse("a@example.org"))));
        assertThat(mail.parameters().size()).isEqualTo(OptionalLong.of(7));
    }

    @Test
    void understandsEveryLineFromWhichMutationsBegin() throws SmtpSyntaxException {
        for (String line : LINES) {
            assertThat(parse(line)).isNotInstanceOf(SmtpCommand.Unrecognised.class);
        }
    }

    @Property
    void neverFailsOtherwise(@ForAll byte[] line) {
        attempt(line);
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.of(LINES);
    }

    @Property(tries = 5_000)
    void survivesMutationsOfEveryLine(
            @ForAll("lines") String line,
            @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 120) Integer> places,
            @ForAll byte octet,
            @ForAll boolean remove) {
        byte[] octets = line.getBytes(StandardCharsets.UTF_8);
        for (int place : places) {
            int at = place % octets.length;
            if (remove && octets.length > 1) {
                byte[] shorter = new byte[octets.length - 1];
                System.arraycopy(octets, 0, shorter, 0, at);
                System.arraycopy(octets, at + 1, shorter, at, shorter.length - at);
                octets = shorter;
            } else {
                octets[at] = octet;
            }
        }
        attempt(octets);
    }

    private static void attempt(byte[] line) {
        try {
            assertThat(SmtpParser.parse(line)).isNotNull();
        } catch (SmtpSyntaxException e) {
            assertThat(e.reply().code()).isBetween(500, 599);
            assertThat(e.reply().enhanced()).startsWith("5.");
        }
    }

    private static SmtpCommand parse(String line) throws SmtpSyntaxException {
        return SmtpParser.parse(line.getBytes(StandardCharsets.UTF_8));
    }
}
