// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.wildpost.adapter.imap.MailboxFilter.Kind;
import org.wildpost.adapter.imap.ReturnOptions.Option;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.Found;
import org.wildpost.core.listener.imap.MailboxList;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.OpenResult;
import org.wildpost.core.listener.imap.SearchQuery;
import org.wildpost.core.search.SearchKey;

/** ESEARCH, which searches several mailboxes and leaves the selected one as it is (RFC 7377). */
final class MultiSearchHandler {
    /** Mailboxes that one command searches. */
    static final int MAX_MAILBOXES = 1_000;

    private static final Reply TOO_MANY = Reply.no("LIMIT", "more than " + MAX_MAILBOXES + " mailboxes");

    private final ImapContext context;
    private final InstantSource clock;

    MultiSearchHandler(ImapContext context, InstantSource clock) {
        this.context = context;
        this.clock = clock;
    }

    Reply search(String tag, MailboxCommand.MultiSearch command) throws IOException {
        Optional<MailboxView> selected =
                context.state() instanceof SessionState.Selected state ? Optional.of(state.view()) : Optional.empty();
        Optional<Reply> refusal = refusal(tag, command, selected.isPresent());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        SearchTerm term = command.criteria().term();
        if (term.asksModSeq()) {
            context.enableCondstore();
        }
        // Before any of them is asked about.
        if (command.sources().named().size() > MAX_MAILBOXES) {
            return TOO_MANY;
        }
        AccountId account = context.account();
        MailboxList all = context.askPatiently(l -> l.list(account));
        List<MailboxStatus> sources = sources(command.sources(), all, selected);
        if (sources.size() > MAX_MAILBOXES) {
            return TOO_MANY;
        }
        for (MailboxStatus mailbox : sources) {
            Optional<MailboxView> view =
                    selected.filter(one -> one.ref().mailbox().equals(mailbox.id())
                            && command.sources().has(Kind.SELECTED));
            if (view.isPresent()) {
                inSelected(tag, command, mailbox, view.get());
            } else {
                inOther(tag, command, mailbox);
            }
        }
        return Reply.ok("ESEARCH done");
    }

    private Optional<Reply> refusal(String tag, MailboxCommand.MultiSearch command, boolean selected) {
        boolean here = command.sources().has(Kind.SELECTED);
        if (here && !selected) {
            return Optional.of(Reply.bad("no mailbox is selected"));
        }
        if (command.options().has(Option.UPDATE) && !here) {
            return Optional.of(Reply.bad("UPDATE is for the selected mailbox"));
        }
        if (command.options().has(Option.UPDATE) && context.updates().has(tag)) {
            return Optional.of(Reply.bad("the tag is in use for updates"));
        }
        boolean saved = command.criteria()
                .term()
                .has(term -> term instanceof SearchTerm.Messages messages
                        && messages.set().isSaved());
        if (saved && !command.sources().isSelectedAlone()) {
            return Optional.of(Reply.bad("$ is of the selected mailbox alone"));
        }
        if (!command.criteria().charsetKnown()) {
            if (command.options().has(Option.SAVE)) {
                context.view().save(new long[0]);
            }
            return Optional.of(SearchCriteria.BAD_CHARSET);
        }
        return Optional.empty();
    }

    /** Each once, the selected one first. */
    private List<MailboxStatus> sources(MailboxFilter filter, MailboxList all, Optional<MailboxView> selected) {
        List<MailboxStatus> sources = new ArrayList<>();
        if (filter.has(Kind.SELECTED)) {
            all.mailboxes().stream()
                    .filter(mailbox -> selected.isPresent()
                            && mailbox.id().equals(selected.get().ref().mailbox()))
                    .forEach(sources::add);
        }
        filter.of(all).stream().filter(mailbox -> !sources.contains(mailbox)).forEach(sources::add);
        for (MailboxName name : filter.named()) {
            if (SharedName.isForeign(name)
                    && sources.stream().noneMatch(mailbox -> mailbox.name().equals(name))) {
                named(name).ifPresent(sources::add);
            }
        }
        return sources;
    }

    /** Another's mailbox that the client names may be read by who may not look it up (RFC 7377 §2.2). */
    private Optional<MailboxStatus> named(MailboxName name) {
        AccountId account = context.account();
        return context.ask(l -> l.status(account, name)) instanceof MailboxResult.Done(MailboxStatus status)
                ? Optional.of(status)
                : Optional.empty();
    }

    private void inSelected(String tag, MailboxCommand.MultiSearch command, MailboxStatus mailbox, MailboxView view)
            throws IOException {
        ReturnOptions options = command.options();
        SearchTerm term = command.criteria().term().fixed(view);
        if (options.has(Option.SAVE)) {
            view.save(new long[0]);
        }
        SearchQuery query = query(options, term, term.withoutView(clock.instant()));
        Found found = SearchHandler.known(view, context.askPatiently(l -> l.search(view.ref(), query)));
        SearchAnswer answer = new SearchAnswer(options, found, found.uids());
        tell(tag, mailbox, answer);
        if (options.has(Option.SAVE)) {
            view.save(answer.saved());
        }
        if (options.has(Option.UPDATE)) {
            context.updates()
                    .start(new UpdateContext(
                            tag,
                            Optional.of(mailbox),
                            true,
                            term,
                            List.of(),
                            found.uids(),
                            view.latest(),
                            options.items()));
        }
    }

    private void inOther(String tag, MailboxCommand.MultiSearch command, MailboxStatus mailbox) throws IOException {
        SearchTerm term = command.criteria().term();
        AccountId account = context.account();
        if (!term.needsView() && !SharedName.isForeign(mailbox.name())) {
            tell(tag, command, mailbox, new MailboxRef(account, mailbox.id()), term);
            return;
        }
        OpenResult result = context.ask(l -> l.open(account, mailbox.name(), true));
        if (result instanceof OpenResult.Opened opened) {
            RecentMessages recent = RecentMessages.of(context.recents(), opened, false);
            SearchTerm fixed = term.needsView() ? term.fixed(new MailboxView(opened, true, recent)) : term;
            tell(tag, command, mailbox, opened.ref(), fixed);
        }
    }

    private void tell(
            String tag, MailboxCommand.MultiSearch command, MailboxStatus mailbox, MailboxRef ref, SearchTerm fixed)
            throws IOException {
        SearchTerm term = command.criteria().term();
        SearchQuery query = query(command.options(), term, fixed.withoutView(clock.instant()));
        Found found = context.askPatiently(l -> l.search(ref, query));
        tell(tag, mailbox, new SearchAnswer(command.options(), found, found.uids()));
    }

    private static SearchQuery query(ReturnOptions options, SearchTerm term, SearchKey key) {
        Set<SearchQuery.Detail> details = SearchHandler.details(options, term);
        return new SearchQuery(key, List.of(), details);
    }

    /** Nothing is said of a mailbox in which nothing was found (RFC 7377 §2.1). */
    private void tell(String tag, MailboxStatus mailbox, SearchAnswer answer) throws IOException {
        if (answer.options().isSilent()
                || LongStream.of(answer.numbers()).findAny().isEmpty()) {
            return;
        }
        ImapWriter out = context.writer();
        answer.write(SearchAnswer.begin(out, tag, Optional.of(mailbox), true));
        out.endLine();
    }
}
