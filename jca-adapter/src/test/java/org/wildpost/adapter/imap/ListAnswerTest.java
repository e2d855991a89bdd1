// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wildpost.adapter.imap.MailboxCommand.ListForm;
import org.wildpost.adapter.imap.MailboxCommand.ListMailboxes;
import org.wildpost.adapter.imap.MailboxCommand.ListOption;
import org.wildpost.adapter.imap.MailboxCommand.ListReturn;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxStatus;

/** What the transcripts do not show of LIST: how it grows. */
class ListAnswerTest {
    private static final int MANY = 10_000;

    @Test
    void answersForTenThousandMailboxesInLessThanASecond() {
        List<MailboxStatus> mailboxes = new ArrayList<>();
        List<MailboxName> names = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            MailboxName name = new MailboxName("Lists/" + i / 100 + "/Mailbox-" + i);
            names.add(name);
            mailboxes.add(new MailboxStatus(new MailboxId(i), name, Optional.empty(), 1, 1, 1, 0, 0, 0, 1, 0));
        }
        MailboxList all = new MailboxList(mailboxes, Set.copyOf(names));
        ListMailboxes command = new ListMailboxes(
                ListForm.EXTENDED,
                Set.of(ListOption.SUBSCRIBED, ListOption.RECURSIVEMATCH),
                "",
                List.of("*", "%", "L%/*box*"),
                ListReturn.NOTHING);
        List<MailboxPattern> patterns = command.patterns().stream()
                .map(pattern -> MailboxPattern.of("", pattern, false).orElseThrow())
                .toList();

        long start = System.nanoTime();
        assertThat(new ListAnswer(command, all, patterns).lines()).hasSize(MANY);

        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    }

    /** RFC 5819: the reason for the option is that nobody asks for each mailbox. */
    @Test
    void asksForTheStatusOfAllMailboxesAtOnce() {
        MemoryMail mail = new MemoryMail(PlainIndex::of);
        try (LiveSession session = LiveSession.loggedIn(mail)) {
            for (int i = 0; i < 20; i++) {
                session.command("c CREATE list/" + i);
                mail.deliver("list/" + i, "Subject: new\r\n\r\n");
            }
            int before = mail.questions;

            List<String> answer =
                    session.command("d LIST \"\" list/* RETURN (STATUS (RECENT DELETED-STORAGE MESSAGES))");

            assertThat(answer).hasSize(41).contains("* STATUS \"list/19\" (RECENT 1 DELETED-STORAGE 0 MESSAGES 1)");
            assertThat(mail.questions - before).isLessThanOrEqualTo(3);
        }
    }
}
