// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.List;
import org.wildpost.core.sort.SortCriterion;
import org.wildpost.core.sort.SortKey;
import org.wildpost.core.thread.ThreadAlgorithm;

/** The commands that search: SEARCH (RFC 9051 §6.4.4), SORT and THREAD (RFC 5256 §5), ESEARCH (RFC 7377 §4), CANCELUPDATE (RFC 5267 §5). */
final class SearchCommandParser {
    private final Cursor in;

    SearchCommandParser(Cursor in) {
        this.in = in;
    }

    /** search = "SEARCH" [search-return-opts] SP search-program. */
    MessageCommand search(boolean uid) throws ImapParseException {
        ReturnOptions options = ReturnOptions.read(in);
        return new MessageCommand.Search(uid, options, List.of(), checked(options, List.of(), program()));
    }

    private SearchCriteria program() throws ImapParseException {
        return new SearchParser(in).program();
    }

    /** sort = "SORT" [search-return-opts] SP sort-criteria SP search-criteria (RFC 5267 §5). */
    MessageCommand sort(boolean uid) throws ImapParseException {
        ReturnOptions options = ReturnOptions.read(in);
        List<SortCriterion> order = order();
        in.space();
        return new MessageCommand.Search(uid, options, order, checked(options, order, new SearchParser(in).criteria()));
    }

    /** sort-criteria = "(" sort-criterion *(SP sort-criterion) ")". */
    private List<SortCriterion> order() throws ImapParseException {
        in.expect('(');
        List<SortCriterion> order = new ArrayList<>();
        do {
            String word = in.keyword();
            boolean reverse = word.equals("REVERSE");
            if (reverse) {
                in.space();
                word = in.keyword();
            }
            order.add(new SortCriterion(key(word), reverse));
        } while (in.accept(' '));
        in.expect(')');
        return order;
    }

    private SortKey key(String word) throws ImapParseException {
        for (SortKey key : SortKey.values()) {
            if (key.name().equals(word)) {
                return key;
            }
        }
        throw in.error("this criterion of SORT is not offered");
    }

    /** RFC 6203 §4, §6: there are scores only where something is fuzzy. */
    private SearchCriteria checked(ReturnOptions options, List<SortCriterion> order, SearchCriteria criteria)
            throws ImapParseException {
        boolean ranked = options.has(ReturnOptions.Option.RELEVANCY)
                || order.stream().anyMatch(criterion -> criterion.key() == SortKey.RELEVANCY);
        if (ranked && !criteria.term().has(SearchTerm.Fuzzy.class::isInstance)) {
            throw in.error("RELEVANCY needs a FUZZY key");
        }
        return criteria;
    }

    /** thread = "THREAD" SP thread-alg SP search-criteria. */
    MessageCommand thread(boolean uid) throws ImapParseException {
        String word = in.keyword();
        for (ThreadAlgorithm algorithm : ThreadAlgorithm.values()) {
            if (algorithm.name().equals(word)) {
                in.space();
                return new MessageCommand.ThreadMessages(uid, algorithm, new SearchParser(in).criteria());
            }
        }
        throw in.error("this algorithm of THREAD is not offered");
    }

    /** "CANCELUPDATE" 1*(SP quoted). */
    MessageCommand cancelUpdate() throws ImapParseException {
        List<String> tags = new ArrayList<>();
        do {
            tags.add(in.string());
        } while (in.accept(' ') && !in.isEnd());
        return new MessageCommand.CancelUpdate(tags);
    }

    /** esearch = "ESEARCH" [SP esearch-source-opts] [SP search-return-opts] SP search-program. */
    MailboxCommand multiSearch() throws ImapParseException {
        MailboxFilter sources = MailboxFilter.SELECTED;
        if (in.acceptWord("IN ")) {
            in.expect('(');
            sources = MailboxFilter.read(in);
            in.expect(')');
            in.space();
        }
        ReturnOptions options = ReturnOptions.read(in);
        ReturnOptions asked = options.extended() ? options : ReturnOptions.ALL;
        if (asked.has(ReturnOptions.Option.SAVE) && !sources.isSelectedAlone()) {
            throw in.error("SAVE is for the selected mailbox alone");
        }
        return new MailboxCommand.MultiSearch(sources, asked, checked(asked, List.of(), program()));
    }
}
