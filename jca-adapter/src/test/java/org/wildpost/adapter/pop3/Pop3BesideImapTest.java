// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A maildrop that other sessions change while it is open (RFC 1939 §3, §4). */
class Pop3BesideImapTest {
    private final Pop3Script script = new Pop3Script();

    /** Numbers, sizes and unique ids stay; what is gone answers -ERR; QUIT removes what is left of what was marked; new mail is for the next session. */
    @Test
    void keepsItsListWhileMessagesComeAndGo() {
        script.drops.afterOpen = () -> {
            script.drops.messages.remove(10L);
            script.drops.with("Subject: three\n\nnew\n");
        };

        script.plays(Pop3Script.loggedIn("""
                C: STAT
                S: +OK 2 66
                C: LIST
                S: +OK 2 messages
                S: 1 44
                S: 2 22
                S: .
                C: UIDL 1
                S: +OK 1 id-100
                C: RETR 1
                S: -ERR this message was removed meanwhile
                C: TOP 1 0
                S: -ERR this message was removed meanwhile
                C: LIST 3
                S: -ERR no such message
                C: DELE 1
                S: +OK done
                C: DELE 2
                S: +OK done
                C: QUIT
                S: +OK bye
                """));
        assertThat(script.drops.questions).endsWith("commit [10, 11]");
        assertThat(script.drops.messages).containsOnlyKeys(12L);
    }

    /** What another session removed is no error of the client: a maildrop that was emptied meanwhile does not end the session. */
    @Test
    void doesNotCountMessagesThatAreGoneAsErrors() {
        script.drops.afterOpen = script.drops.messages::clear;

        script.plays(Pop3Script.loggedIn("""
                C: RETR 1
                S: -ERR this message was removed meanwhile
                C: RETR 2
                S: -ERR this message was removed meanwhile
                """.repeat(4)));
        assertThat(Pop3Script.SETTINGS.maxErrors()).isLessThan(8);
    }
}
