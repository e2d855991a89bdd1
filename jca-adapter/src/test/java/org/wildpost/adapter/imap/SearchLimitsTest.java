// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.search.SearchKey;

/** How much a client may ask of searches, and what a fault leaves. */
class SearchLimitsTest {
    private final MemoryMail mail = new MemoryMail(PlainIndex::of);

    private LiveSession selected() {
        mail.deliver("INBOX", "Subject: x\r\n\r\n");
        LiveSession session = LiveSession.loggedIn(mail);
        session.command("s SELECT INBOX");
        return session;
    }

    @Test
    void keepsSixteenSearchesUpToDateAndTellsNoUpdateOfMore() {
        try (LiveSession session = selected()) {
            for (int i = 0; i < UpdateContexts.MAX; i++) {
                assertThat(session.command("u" + i + " SEARCH RETURN (UPDATE) ALL"))
                        .hasSize(2);
            }
            assertThat(session.command("more SEARCH RETURN (UPDATE COUNT) ALL"))
                    .containsExactly(
                            "* ESEARCH (TAG \"more\") COUNT 1",
                            "* NO [NOUPDATE \"more\"] no updates of this search",
                            "more OK SEARCH done");
            session.command("c CANCELUPDATE \"u3\"");
            assertThat(session.command("more SEARCH RETURN (UPDATE) ALL")).hasSize(2);
        }
    }

    @Test
    void searchesNoMoreThanAThousandMailboxesAtOnce() {
        for (int i = 0; i < MultiSearchHandler.MAX_MAILBOXES; i++) {
            mail.create(MemoryMail.ALICE, new MailboxName("many/" + i), Optional.empty());
        }
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            assertThat(session.command("a ESEARCH IN (personal) ALL").getLast()).startsWith("a NO [LIMIT] ");
            assertThat(session.command("b ESEARCH IN (subtree-one many/1) ALL").getLast())
                    .startsWith("b OK ");
        }
    }

    @Test
    void savesNothingWhenTheSearchFails() {
        try (LiveSession session = selected()) {
            session.command("a SEARCH RETURN (SAVE) ALL");
            mail.fault = Optional.of(new IllegalStateException("no database"));
            assertThat(session.command("b SEARCH RETURN (SAVE) ALL").getLast()).startsWith("b NO [SERVERBUG]");
            mail.fault = Optional.empty();
            assertThat(session.command("c FETCH $ UID")).hasSize(1);
        }
    }

    @Test
    void tellsOfAResultLaterWhenItCannotBeReadNow() {
        try (LiveSession session = selected()) {
            session.command("a UID SEARCH RETURN (UPDATE) FLAGGED");
            mail.flag("INBOX", 1, "\\Flagged");
            mail.searchFault = Optional.of(new IllegalStateException("no database"));
            assertThat(session.command("b NOOP")).noneMatch(line -> line.contains("ADDTO"));
            mail.searchFault = Optional.empty();
            assertThat(session.command("c NOOP")).contains("* ESEARCH (TAG \"a\") UID ADDTO (0 1)");
        }
    }

    @Test
    void countsSecondsBackFromNow() {
        MailboxView view = MailboxViewTest.view(3, 5);
        Instant now = Instant.parse("2026-03-04T05:06:07.9Z");
        assertThat(new SearchTerm.Younger(60).resolve(view, now))
                .isEqualTo(new SearchKey.ArrivedSince(Instant.parse("2026-03-04T05:05:07Z")));
        assertThat(new SearchTerm.Older(60).resolve(view, now))
                .isEqualTo(new SearchKey.Not(new SearchKey.ArrivedSince(Instant.parse("2026-03-04T05:05:08Z"))));
    }

    @Test
    void evaluatesSequenceNumbersOfAnUpdatingSearchOnce() {
        mail.deliver("INBOX", "Subject: y\r\n\r\n");
        try (LiveSession session = selected()) {
            session.command("a UID SEARCH RETURN (UPDATE) 2:* UNSEEN");
            mail.deliver("INBOX", "Subject: z\r\n\r\n");
            assertThat(session.command("b NOOP")).noneMatch(line -> line.contains("ESEARCH"));
            mail.flag("INBOX", 2, "\\Seen");
            assertThat(session.command("c NOOP")).contains("* ESEARCH (TAG \"a\") UID REMOVEFROM (0 2)");
        }
    }
}
