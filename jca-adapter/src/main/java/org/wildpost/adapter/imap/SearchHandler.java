// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.wildpost.adapter.imap.ReturnOptions.Option;
import org.wildpost.core.listener.imap.Found;
import org.wildpost.core.listener.imap.MailboxSnapshot;
import org.wildpost.core.listener.imap.SearchQuery;
import org.wildpost.core.listener.imap.SearchQuery.Detail;

/** SEARCH and SORT with their UID forms (RFC 9051 §6.4.4, RFC 3501 §7.2.5 for the old answer, RFC 5256 §3, RFC 5267 §3). */
final class SearchHandler {
    private static final long[] NONE = new long[0];

    private final ImapContext context;
    private final InstantSource clock;

    SearchHandler(ImapContext context, InstantSource clock) {
        this.context = context;
        this.clock = clock;
    }

    Reply search(String tag, MessageCommand.Search command) throws IOException {
        MailboxView view = context.view();
        ReturnOptions options = options(command);
        if (options.has(Option.UPDATE) && context.updates().has(tag)) {
            return Reply.bad("the tag is in use for updates");
        }
        if (!command.criteria().charsetKnown()) {
            save(view, options, NONE);
            return SearchCriteria.BAD_CHARSET;
        }
        SearchTerm term = command.criteria().term();
        if (term.asksModSeq()) {
            context.enableCondstore();
        }
        SearchTerm fixed = term.fixed(view);
        // What changes while we search is told of again rather than never.
        MailboxSnapshot seen = view.latest();
        // Whatever goes wrong from here on leaves no result (RFC 5182 §2.1).
        save(view, options, NONE);
        SearchQuery query =
                new SearchQuery(fixed.withoutView(clock.instant()), command.order(), details(options, term));
        Found found = known(view, context.askPatiently(l -> l.search(view.ref(), query)));
        SearchAnswer answer = new SearchAnswer(options, found, numbers(view, command.uid(), found.uids()));
        tell(tag, command, answer);
        save(view, options, answer.saved());
        if (options.has(Option.UPDATE)) {
            context.updates()
                    .start(new UpdateContext(
                            tag,
                            Optional.empty(),
                            command.uid(),
                            fixed,
                            command.order(),
                            found.uids(),
                            seen,
                            options.items()));
        }
        return Reply.ok(command.order().isEmpty() ? "SEARCH done" : "SORT done");
    }

    /** IMAP4rev2 knows no SEARCH response (RFC 9051 §6.4.4). */
    private ReturnOptions options(MessageCommand.Search command) {
        boolean old =
                !command.options().extended() && command.order().isEmpty() && context.enabled(Extension.IMAP4REV2);
        return old ? ReturnOptions.ALL : command.options();
    }

    static Set<Detail> details(ReturnOptions options, SearchTerm term) {
        Set<Detail> details = EnumSet.noneOf(Detail.class);
        if (options.has(Option.RELEVANCY)) {
            details.add(Detail.RELEVANCY);
        }
        if (term.asksModSeq()) {
            details.add(Detail.MODSEQ);
        }
        return details;
    }

    private static void save(MailboxView view, ReturnOptions options, long[] uids) {
        if (options.has(Option.SAVE)) {
            view.save(uids);
        }
    }

    /** Without messages that the client does not know yet. */
    static Found known(MailboxView view, Found found) {
        int[] known = new int[found.uids().length];
        int size = 0;
        for (int i = 0; i < known.length; i++) {
            if (view.sequence(found.uids()[i]) > 0) {
                known[size++] = i;
            }
        }
        if (size == known.length) {
            return found;
        }
        int[] kept = Arrays.copyOf(known, size);
        return new Found(
                Arrays.stream(kept).mapToLong(i -> found.uids()[i]).toArray(),
                found.modSeqs().length == 0
                        ? NONE
                        : Arrays.stream(kept).mapToLong(i -> found.modSeqs()[i]).toArray(),
                found.scores().length == 0
                        ? new int[0]
                        : Arrays.stream(kept).map(i -> found.scores()[i]).toArray());
    }

    private static long[] numbers(MailboxView view, boolean uid, long[] uids) {
        return uid ? uids : Arrays.stream(uids).map(view::sequence).toArray();
    }

    private void tell(String tag, MessageCommand.Search command, SearchAnswer answer) throws IOException {
        ImapWriter out = context.writer();
        if (answer.options().isSilent()) {
            return;
        }
        if (answer.options().extended()) {
            answer.write(SearchAnswer.begin(out, tag, Optional.empty(), command.uid()));
        } else {
            out.text(command.order().isEmpty() ? "* SEARCH" : "* SORT");
            for (long number : answer.numbers()) {
                out.text(" ").number(number);
            }
            if (answer.found().modSeqs().length > 0) {
                // RFC 7162 §3.1.5.
                out.text(" (MODSEQ ").number(answer.greatestModSeq()).text(")");
            }
        }
        out.endLine();
    }
}
