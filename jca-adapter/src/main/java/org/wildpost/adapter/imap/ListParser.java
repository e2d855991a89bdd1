// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wildpost.adapter.imap.MailboxCommand.ListForm;
import org.wildpost.adapter.imap.MailboxCommand.ListMailboxes;
import org.wildpost.adapter.imap.MailboxCommand.ListOption;
import org.wildpost.adapter.imap.MailboxCommand.ListReturn;
import org.wildpost.adapter.imap.MailboxCommand.StatusItem;

/** LIST and LSUB: RFC 5258 §6 and RFC 3501 §9, with the options of RFC 5819 §4, RFC 6154 §6, RFC 8440 §4 and RFC 9590 §5. */
final class ListParser {
    private static final Map<String, ListOption> SELECTION = Map.of(
            "SUBSCRIBED", ListOption.SUBSCRIBED,
            "REMOTE", ListOption.REMOTE,
            "RECURSIVEMATCH", ListOption.RECURSIVEMATCH,
            "SPECIAL-USE", ListOption.SPECIAL_USE);
    private static final Map<String, ListOption> RETURNED = Map.of(
            "SUBSCRIBED", ListOption.SUBSCRIBED,
            "CHILDREN", ListOption.CHILDREN,
            "MYRIGHTS", ListOption.MYRIGHTS,
            "SPECIAL-USE", ListOption.SPECIAL_USE);

    /** Those that narrow the selection, so that RECURSIVEMATCH has something to look for below. */
    private static final Set<ListOption> CRITERIA = EnumSet.of(ListOption.SUBSCRIBED, ListOption.SPECIAL_USE);

    private final Cursor in;

    ListParser(Cursor in) {
        this.in = in;
    }

    /** lsub = "LSUB" SP mailbox SP list-mailbox. */
    MailboxCommand lsub() throws ImapParseException {
        String reference = in.astring();
        in.space();
        return new ListMailboxes(ListForm.LSUB, Set.of(), reference, List.of(in.listMailbox()), ListReturn.NOTHING);
    }

    /** list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]. */
    MailboxCommand list() throws ImapParseException {
        Set<ListOption> select = EnumSet.noneOf(ListOption.class);
        boolean extended = in.peek() == '(';
        if (extended) {
            select = selection();
            in.space();
        }
        String reference = in.astring();
        in.space();
        extended |= in.peek() == '(';
        List<String> patterns = patterns();
        Set<ListOption> options = EnumSet.noneOf(ListOption.class);
        List<StatusItem> status = new ArrayList<>();
        Optional<MetadataRequest> metadata = Optional.empty();
        if (in.accept(' ') && in.peek() != Cursor.END) {
            extended = true;
            metadata = returned(options, status);
        }
        select.stream().filter(CRITERIA::contains).forEach(options::add);
        return new ListMailboxes(
                extended ? ListForm.EXTENDED : ListForm.BASIC,
                select,
                reference,
                patterns,
                new ListReturn(options, status, metadata));
    }

    /** list-select-opts; RECURSIVEMATCH makes no sense alone or with REMOTE (RFC 5258 §3.1). */
    private Set<ListOption> selection() throws ImapParseException {
        Set<ListOption> select = EnumSet.noneOf(ListOption.class);
        in.expect('(');
        if (!in.accept(')')) {
            do {
                select.add(option(SELECTION, in.keyword()));
            } while (in.accept(' '));
            in.expect(')');
        }
        if (select.contains(ListOption.RECURSIVEMATCH) && select.stream().noneMatch(CRITERIA::contains)) {
            throw in.error("RECURSIVEMATCH needs an option that selects");
        }
        return select;
    }

    /** mbox-or-pat = list-mailbox / "(" list-mailbox *(SP list-mailbox) ")". */
    private List<String> patterns() throws ImapParseException {
        if (!in.accept('(')) {
            return List.of(in.listMailbox());
        }
        List<String> patterns = new ArrayList<>();
        do {
            patterns.add(in.listMailbox());
        } while (in.accept(' '));
        in.expect(')');
        return patterns;
    }

    /** list-return-opts = "RETURN" SP "(" [return-option *(SP return-option)] ")". */
    private Optional<MetadataRequest> returned(Set<ListOption> options, List<StatusItem> status)
            throws ImapParseException {
        if (!in.keyword().equals("RETURN")) {
            throw in.error("RETURN expected");
        }
        in.space();
        in.expect('(');
        Optional<MetadataRequest> metadata = Optional.empty();
        if (in.accept(')')) {
            return metadata;
        }
        do {
            String word = in.keyword();
            if (word.equals("STATUS")) {
                in.space();
                new MailboxParser(in)
                        .statusItems().stream()
                                .filter(item -> !status.contains(item))
                                .forEach(status::add);
            } else if (word.equals("METADATA")) {
                in.space();
                metadata = Optional.of(new MetadataParser(in).request());
            } else {
                options.add(option(RETURNED, word));
            }
        } while (in.accept(' '));
        in.expect(')');
        return metadata;
    }

    private ListOption option(Map<String, ListOption> offered, String word) throws ImapParseException {
        ListOption option = offered.get(word);
        if (option == null) {
            throw in.error("this option of LIST is not offered");
        }
        return option;
    }
}
