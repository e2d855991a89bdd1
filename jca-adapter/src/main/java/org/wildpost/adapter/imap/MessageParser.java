// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Locale;
import java.util.OptionalLong;
import org.wildpost.core.listener.imap.StoreRequest;
import org.wildpost.core.message.Flags;

/** The arguments of commands about messages of the selected mailbox: one method per rule of RFC 9051 §9. */
final class MessageParser {
    private final Cursor in;

    MessageParser(Cursor in) {
        this.in = in;
    }

    MessageCommand fetch(boolean uid) throws ImapParseException {
        SequenceSet messages = set();
        FetchParser parser = new FetchParser(in);
        return new MessageCommand.Fetch(uid, messages, parser.items(), parser.modifiers(uid));
    }

    /** store-modifier = "UNCHANGEDSINCE" SP mod-sequence-valzer (RFC 7162 §7, RFC 4466 §2.5). */
    private OptionalLong unchangedSince() throws ImapParseException {
        OptionalLong since = OptionalLong.empty();
        if (in.accept('(')) {
            if (!in.keyword().equals("UNCHANGEDSINCE")) {
                throw in.error("UNCHANGEDSINCE expected");
            }
            in.space();
            since = OptionalLong.of(in.modSequence(0));
            in.expect(')');
            in.space();
        }
        return since;
    }

    /** store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag))). */
    MessageCommand store(boolean uid) throws ImapParseException {
        SequenceSet messages = set();
        OptionalLong unchangedSince = unchangedSince();
        StoreRequest.Mode mode = in.accept('+')
                ? StoreRequest.Mode.ADD
                : in.accept('-') ? StoreRequest.Mode.REMOVE : StoreRequest.Mode.REPLACE;
        String word = in.atom().toUpperCase(Locale.ROOT);
        if (!word.equals("FLAGS") && !word.equals("FLAGS.SILENT")) {
            throw in.error("FLAGS or FLAGS.SILENT expected");
        }
        in.space();
        FlagParser parser = new FlagParser(in);
        Flags flags = in.peek() == '(' ? parser.list() : parser.bare();
        return new MessageCommand.Store(uid, messages, unchangedSince, mode, word.endsWith(".SILENT"), flags);
    }

    private SequenceSet set() throws ImapParseException {
        SequenceSet set = in.sequenceSet();
        in.space();
        return set;
    }

    MessageCommand copy(boolean uid) throws ImapParseException {
        return new MessageCommand.Copy(uid, set(), in.mailbox());
    }

    MessageCommand move(boolean uid) throws ImapParseException {
        return new MessageCommand.Move(uid, set(), in.mailbox());
    }
}
