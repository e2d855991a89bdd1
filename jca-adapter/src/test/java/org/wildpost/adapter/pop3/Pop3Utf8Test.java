// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** UTF8 and LANG (RFC 6856), and what a client reads that asked for neither (RFC 6858 §2, §4). */
class Pop3Utf8Test {
    private final Pop3Script script = new Pop3Script();

    /** A message with a header in UTF-8 of 74 octets that has more in ASCII. */
    @BeforeEach
    void internationalMail() {
        script.drops.messages.clear();
        script.drops.with("From: Bärbel <bärbel@demo.test>\nSubject: 中文\n\nline 1\nZeile zwö\n");
    }

    /** RFC 6856 §2.1: who says UTF8 before the login gets headers as they are. */
    @Test
    void sendsHeadersAsTheyAreToWhoSaidUtf8() {
        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: UTF8
                S: +OK UTF-8 from now on
                C: USER alice@demo.test
                S: +OK send PASS
                C: PASS tanstaaf l
                S: +OK 1 messages, 74 octets
                C: RETR 1
                S: +OK 74 octets
                S: From: Bärbel <bärbel@demo.test>
                S: Subject: 中文
                S:\s
                S: line 1
                S: Zeile zwö
                S: .
                C: TOP 1 0
                S: +OK 74 octets
                S: From: Bärbel <bärbel@demo.test>
                S: Subject: 中文
                S:\s
                S: .
                C: UTF8
                S: -ERR you are logged in
                C: QUIT
                S: +OK bye
                """);
    }

    /** RFC 6858 §2 and §4: a copy in ASCII, whose lines TOP counts; bodies are left alone, and so are the sizes of LIST. */
    @Test
    void sendsACopyInAsciiToWhoDidNot() {
        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: USER alice@demo.test
                S: +OK send PASS
                C: PASS tanstaaf l
                S: +OK 1 messages, 74 octets
                C: LIST
                S: +OK 1 messages
                S: 1 74
                S: .
                C: RETR 1
                S: +OK 129 octets
                S: From: =?UTF-8?B?QsOkcmJlbA==?= <invalid@internationalized-address.invalid>
                S: Subject: =?UTF-8?B?5Lit5paH?=
                S:\s
                S: line 1
                S: Zeile zwö
                S: .
                C: TOP 1 1
                S: +OK 129 octets
                S: From: =?UTF-8?B?QsOkcmJlbA==?= <invalid@internationalized-address.invalid>
                S: Subject: =?UTF-8?B?5Lit5paH?=
                S:\s
                S: line 1
                S: .
                C: LIST 1
                S: +OK 1 74
                C: STAT
                S: +OK 1 74
                C: QUIT
                S: +OK bye
                """);
    }

    @Test
    void sendsAllOfALongMessageBehindACopyOfItsHeader() {
        String body = "0123456789abcdef\n".repeat(40_000);
        script.drops.messages.clear();
        script.drops.with("X-Long: " + "x".repeat(70_000) + "\nSubject: ö\n\n" + body);
        script.connection.packet(
                "AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs\r\n".getBytes(StandardCharsets.US_ASCII));
        script.connection.packet("TOP 1 1\r\n".getBytes(StandardCharsets.US_ASCII));
        script.connection.packet("RETR 1\r\n".getBytes(StandardCharsets.US_ASCII));
        script.run();

        assertThat(new String(script.connection.sent(), StandardCharsets.UTF_8))
                .contains("xx\r\nSubject: =?UTF-8?B?w7Y=?=\r\n\r\n0123456789abcdef\r\n.\r\n+OK ")
                .endsWith("xx\r\nSubject: =?UTF-8?B?w7Y=?=\r\n\r\n" + body.replace("\n", "\r\n") + ".\r\n");
    }

    @Test
    void writesAHeaderAnewThatHasNoBody() {
        script.drops.messages.clear();
        script.drops.with("Subject: ö");

        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs
                S: +OK 1 messages, 11 octets
                C: RETR 1
                S: +OK 27 octets
                S: Subject: =?UTF-8?B?w7Y=?=
                S: .
                """);
    }

    /** RFC 6856 §5: what cannot be written in ASCII is refused, and the words say what helps. */
    @Test
    void refusesAHeaderThatIsTooLongToBeWrittenAnew() {
        script.drops.messages.clear();
        script.drops.with("Subject: ö\n" + ("X-A: " + "x".repeat(900) + "\n").repeat(4_700) + "\nbody\n");
        script.drops.with("Subject: o\n" + ("X-A: " + "x".repeat(900) + "\n").repeat(4_700) + "\nbody\n");
        script.connection.packet(
                "AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs\r\n".getBytes(StandardCharsets.US_ASCII));
        script.connection.packet("RETR 1\r\n".getBytes(StandardCharsets.US_ASCII));
        script.connection.packet("RETR 2\r\n".getBytes(StandardCharsets.US_ASCII));
        script.run();

        assertThat(new String(script.connection.sent(), StandardCharsets.UTF_8))
                .contains("-ERR [UTF8] the header of this message needs UTF-8: send UTF8 before the login\r\n+OK 4")
                .endsWith("x\r\n\r\nbody\r\n.\r\n");
    }

    /** RFC 6856 §3.2, with the examples of §3. */
    @Test
    void speaksTheLanguageThatTheClientChose() {
        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: LANG
                S: +OK languages
                S: en English
                S: zh-Hans 简体中文
                S: i-default Default language
                S: .
                C: LANG MUL
                S: -ERR not this language; LANG alone lists those known
                C: LANG zh-CN
                S: +OK zh-Hans 已切换为此语言
                C: LANG fr
                S: -ERR 不支持该语言；单独发送 LANG 可列出支持的语言
                C: USER alice@demo.test
                S: +OK 请发送 PASS
                C: PASS wrong
                S: -ERR [AUTH] 用户名或密码错误
                C: AUTH PLAIN AGFsaWNlQGRlbW8udGVzdAB0YW5zdGFhZiBs
                S: +OK 1 封邮件，共 74 字节
                C: RETR x
                S: -ERR RETR 需要邮件编号
                C: LIST
                S: +OK 1 封邮件
                S: 1 74
                S: .
                C: LANG *
                S: +OK en this is the language now
                C: LANG zh-TW
                S: -ERR not this language; LANG alone lists those known
                S: -ERR too many errors
                """);
    }

    /** RFC 6856 §2.1: STLS after UTF8 is refused; TLS drops what was said before it, the language too. */
    @Test
    void beginsAnewAfterTls() {
        script.connection = new MemoryConnection(false);

        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: LANG zh
                S: +OK zh-Hans 已切换为此语言
                C: STLS
                S: +OK 请开始 TLS
                -- TLS --
                C: NOOP
                S: -ERR log in first
                C: UTF8
                S: +OK UTF-8 from now on
                C: QUIT
                S: +OK bye
                """);
    }

    @Test
    void refusesTlsAfterUtf8() {
        script.connection = new MemoryConnection(false);

        script.plays("""
                S: +OK mx.demo.test POP3 ready
                C: UTF8
                S: +OK UTF-8 from now on
                C: STLS
                S: -ERR STLS may not follow UTF8
                """);
    }
}
