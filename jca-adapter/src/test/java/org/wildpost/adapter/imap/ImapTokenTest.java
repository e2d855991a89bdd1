// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.adapter.login.DemoTokens;

/** Logins by token over IMAP (RFC 7628 §4, RFC 9051 §6.2.2). */
class ImapTokenTest {
    private final MemoryMail mail = new MemoryMail(PlainIndex::of);

    @Test
    void isOfferedWhenSomebodyVerifiesTokens() {
        assertThat(greeting(true)).doesNotContain("OAUTH");
        mail.tokens = Optional.of(DemoTokens.ISSUER);
        assertThat(greeting(true)).contains(" AUTH=OAUTHBEARER AUTH=XOAUTH2 ");
        assertThat(greeting(false)).doesNotContain("OAUTH");
    }

    private String greeting(boolean secure) {
        try (LiveSession session = new LiveSession(mail, secure, true, ImapLimits.DEFAULTS)) {
            return session.connection.nextLine();
        }
    }

    @Test
    void logsInAfterARefusalThatIsExplained() {
        mail.tokens = Optional.of(DemoTokens.ISSUER);
        try (LiveSession session = new LiveSession(mail, true, ImapLimits.DEFAULTS)) {
            ScriptedConnection client = session.connection;
            client.nextLine();
            client.send("a AUTHENTICATE OAUTHBEARER " + DemoTokens.BAD_BEARER + "\r\n");
            assertThat(client.nextLine()).isEqualTo("+ " + DemoTokens.EXPLANATION);
            client.send(DemoTokens.ACKNOWLEDGED + "\r\n");
            assertThat(client.nextLine()).startsWith("a NO [AUTHENTICATIONFAILED] ");
            client.send("b AUTHENTICATE XOAUTH2\r\n");
            assertThat(client.nextLine()).startsWith("+ ");
            client.send(DemoTokens.GOOD_XOAUTH2 + "\r\n");
            assertThat(client.nextLine()).startsWith("b OK [CAPABILITY ");
        }
    }

    @Test
    void isUnknownWhereNobodyVerifiesTokens() {
        try (LiveSession session = new LiveSession(mail, true, ImapLimits.DEFAULTS)) {
            session.connection.nextLine();
            session.connection.send("a AUTHENTICATE OAUTHBEARER " + DemoTokens.GOOD_BEARER + "\r\n");
            assertThat(session.connection.nextLine()).startsWith("a NO [CANNOT] ");
        }
    }
}
