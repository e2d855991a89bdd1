// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Optional;
import org.wildpost.adapter.imap.SelectParameters.Match;
import org.wildpost.adapter.imap.SelectParameters.Resync;
import org.wildpost.core.listener.imap.MailboxName;

/** The arguments of SELECT and EXAMINE: one method per rule of RFC 9051 §9 and RFC 7162 §7. */
final class SelectParser {
    /** Numbers of one kind in the match data; a client is asked to send few (RFC 7162 §3.2.5.2). */
    static final int MAX_MATCHES = 10_000;

    private final Cursor in;

    SelectParser(Cursor in) {
        this.in = in;
    }

    /** select = "SELECT" SP mailbox [SP "(" select-param *(SP select-param) ")"]. */
    MailboxCommand select(boolean readOnly) throws ImapParseException {
        Optional<Reply> refusal = Optional.empty();
        MailboxName mailbox = MailboxName.INBOX;
        try {
            mailbox = in.mailbox();
        } catch (ImapParseException e) {
            if (e.kind() != ImapParseException.Kind.NAME) {
                throw e;
            }
            refusal = Optional.of(e.reply());
        }
        Optional<String> otherName = in.otherName();
        SelectParameters parameters = SelectParameters.NONE;
        if (in.accept(' ') && in.peek() != Cursor.END) {
            parameters = parameters();
        }
        return refusal.isPresent()
                ? new MailboxCommand.SelectNone(refusal.get())
                : new MailboxCommand.Select(mailbox, readOnly, otherName, parameters);
    }

    private SelectParameters parameters() throws ImapParseException {
        boolean condstore = false;
        Optional<Resync> resync = Optional.empty();
        in.expect('(');
        do {
            String word = in.keyword();
            switch (word) {
                case "CONDSTORE" -> condstore = true;
                case "QRESYNC" -> {
                    if (resync.isPresent()) {
                        throw in.error("QRESYNC once");
                    }
                    resync = Optional.of(resync());
                }
                default -> throw in.error("this parameter of SELECT is not offered");
            }
        } while (in.accept(' '));
        in.expect(')');
        return new SelectParameters(condstore, resync);
    }

    /** select-param =/ "QRESYNC" SP "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")". */
    private Resync resync() throws ImapParseException {
        if (!in.enabled(Extension.QRESYNC)) {
            throw in.error("ENABLE QRESYNC comes first");
        }
        in.space();
        in.expect('(');
        long uidValidity = in.positive();
        in.space();
        long modSeq = in.knownModSequence();
        Optional<SequenceSet> known = Optional.empty();
        Optional<Match> match = Optional.empty();
        boolean more = in.accept(' ');
        if (more && in.peek() != '(') {
            known = Optional.of(knownUids());
            more = in.accept(' ');
        }
        if (more) {
            match = Optional.of(match());
        }
        in.expect(')');
        return new Resync(uidValidity, modSeq, known, match);
    }

    /** known-uids = sequence-set, in which "*" is not allowed. */
    private SequenceSet knownUids() throws ImapParseException {
        int start = in.position();
        SequenceSet set = in.numberSet();
        if (set.hasStar()) {
            throw new ImapParseException("'*' is nothing that is known", start, ImapParseException.Kind.SYNTAX);
        }
        return set;
    }

    /** seq-match-data = "(" known-sequence-set SP known-uid-set ")". */
    private Match match() throws ImapParseException {
        if (in.enabled(Extension.UIDONLY)) {
            // RFC 9586 §3.
            throw new ImapParseException(
                    "there are no sequence numbers with UIDONLY", in.position(), ImapParseException.Kind.UID_REQUIRED);
        }
        in.expect('(');
        long[] sequences = numbers();
        in.space();
        long[] uids = numbers();
        in.expect(')');
        if (sequences.length != uids.length) {
            throw in.error("as many sequence numbers as UIDs expected");
        }
        return new Match(sequences, uids);
    }

    private long[] numbers() throws ImapParseException {
        int start = in.position();
        Optional<long[]> numbers = knownUids().ascending(MAX_MATCHES);
        return numbers.orElseThrow(() -> new ImapParseException(
                "at most " + MAX_MATCHES + " numbers that ascend expected", start, ImapParseException.Kind.SYNTAX));
    }
}
