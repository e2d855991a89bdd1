// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.listener.imap.StoreResult;
import org.wildpost.core.listener.pop3.Maildrop;
import org.wildpost.core.listener.pop3.MaildropResult;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.ejb.mailbox.MailboxService;
import org.wildpost.persistence.maildrop.JpaMaildrops;

/** The maildrop of RFC 1939 §3 and §4: leases on a real PostgreSQL, expunging by a mailbox service that notes what it is told. */
class MaildropServiceTest {
    private static final AccountId ALICE = new AccountId(1);
    private static TestDatabase database;

    private final List<String> told = new ArrayList<>();
    private final MaildropService service = new MaildropService();
    private boolean failing;

    @BeforeAll
    static void start() {
        database = new TestDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
    void oneAccount() {
        database.execute("truncate domain, account, mailbox, message_row, blob, maildrop_lock cascade");
        database.execute("insert into domain (id, name) values (1, 'demo.test')");
        database.execute("insert into account (id, domain_id, local_part, address, password_hash)"
                + " values (1, 1, 'alice', 'alice@demo.test', '')");
        database.execute("insert into mailbox (id, account_id, name, uid_validity) values (10, 1, 'INBOX', 1)");
        database.execute("insert into blob (id, size, sha256, data) values (1, 3, '', '')");
        database.execute("insert into message (mailbox_id, uid, account_id, id, size, email_id, blob_id, internal_date,"
                + " modseq) values (10, 4, 1, 77, 30, 77, 1, now(), 1)");
        service.maildrops = new JpaMaildrops(database.entityManager());
        service.mailboxes = new MailboxService() {
            @Override
            public StoreResult store(MailboxRef mailbox, StoreRequest request) {
                told.add(request.mode() + " " + request.flags().system() + " " + Arrays.toString(request.uids()));
                return new StoreResult(List.of(), new long[0]);
            }

            @Override
            public long[] expunge(MailboxRef mailbox, Optional<long[]> uids) {
                if (failing) {
                    throw new IllegalStateException("the database is away");
                }
                told.add("expunge " + Arrays.toString(uids.orElseThrow()));
                return uids.orElseThrow();
            }
        };
    }

    @Test
    void listsWhatInboxHas() {
        assertThat(open().messages()).containsExactly(new Maildrop.Message(4, "77", 30));
    }

    @Test
    void letsOneSessionInAtATime() {
        Maildrop maildrop = open();
        assertThat(database.tx(() -> service.open(ALICE))).isEqualTo(new MaildropResult.InUse());

        database.tx(() -> {
            service.release(maildrop);
            return true;
        });
        assertThat(open().lease()).isNotEqualTo(maildrop.lease());
    }

    @Test
    void expungesAtCommitAndGivesTheLeaseBack() {
        Maildrop maildrop = open();

        assertThat(commit(maildrop, 4, 9)).isTrue();
        assertThat(told).containsExactly("ADD 8 [4, 9]", "expunge [4, 9]");
        assertThat(commit(open())).isTrue();
        assertThat(told).hasSize(2);
    }

    @Test
    void deletesNothingWithALeaseThatWasLost() {
        Maildrop maildrop = open();
        database.execute("update maildrop_lock set expires_at = now()");
        Maildrop next = open();

        assertThat(commit(maildrop, 4)).isFalse();
        assertThat(database.tx(() -> service.renew(maildrop))).isFalse();
        assertThat(told).isEmpty();
        assertThat(database.tx(() -> service.renew(next))).isTrue();
    }

    @Test
    void keepsTheLeaseWhenTheDeletionFails() {
        Maildrop maildrop = open();
        failing = true;

        assertThatThrownBy(() -> commit(maildrop, 4)).isInstanceOf(IllegalStateException.class);
        assertThat(database.tx(() -> service.renew(maildrop))).isTrue();
    }

    private Maildrop open() {
        return ((MaildropResult.Opened) database.tx(() -> service.open(ALICE))).maildrop();
    }

    private boolean commit(Maildrop maildrop, long... uids) {
        return database.tx(() -> service.commit(maildrop, uids));
    }
}
