// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildpost.adapter.imap.Sections.Range;
import org.wildpost.core.acl.SharedName;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.FetchDetail;
import org.wildpost.core.listener.imap.FetchRow;
import org.wildpost.core.listener.imap.MailboxResult;
import org.wildpost.core.listener.imap.MailboxStatus;
import org.wildpost.core.listener.imap.OpenResult;

/** Finds what a URL of CATENATE names (RFC 4469 §3): a message of the client's own, or a part of one, in the selected or in any other mailbox. */
final class UrlParts {
    private final ImapContext context;

    UrlParts(ImapContext context) {
        this.context = context;
    }

    /** Octets to take over, and how many there will be. */
    record Part(long size, InputStream octets) {}

    /** Empty when there is no such message or part, or it is none of this server. */
    Optional<Part> find(String text) throws IOException {
        Optional<ImapUrl> parsed = ImapUrl.parse(text, context.limits())
                .filter(url -> url.host()
                        .map(host -> host.equalsIgnoreCase(context.settings().hostname()))
                        .orElse(true));
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        ImapUrl url = parsed.get();
        Optional<MailboxRef> mailbox = url.mailbox().isPresent() ? named(url) : selected();
        if (mailbox.isEmpty()) {
            return Optional.empty();
        }
        boolean whole = url.section().equals(Section.WHOLE);
        Set<FetchDetail> details = whole ? Set.of() : EnumSet.of(FetchDetail.STRUCTURE);
        List<FetchRow> rows = context.ask(l -> l.fetch(mailbox.get(), new long[] {url.uid()}, details));
        Optional<Range> range = rows.stream().findFirst().flatMap(row -> Sections.locate(url.section(), row));
        return range.isEmpty() ? Optional.empty() : Optional.of(part(url, mailbox.get(), range.get()));
    }

    private Optional<MailboxRef> named(ImapUrl url) {
        AccountId account = context.account();
        if (SharedName.isForeign(url.mailbox().orElseThrow())) {
            return shared(url);
        }
        MailboxResult result = context.ask(l -> l.status(account, url.mailbox().orElseThrow()));
        return result instanceof MailboxResult.Done(MailboxStatus status)
                        && url.uidValidity().orElse(status.uidValidity()) == status.uidValidity()
                ? Optional.of(new MailboxRef(account, status.id()))
                : Optional.empty();
    }

    /** Whose it is the store says when it is opened. */
    private Optional<MailboxRef> shared(ImapUrl url) {
        AccountId account = context.account();
        OpenResult result = context.ask(l -> l.open(account, url.mailbox().orElseThrow(), true));
        return result instanceof OpenResult.Opened opened
                        && url.uidValidity().orElse(opened.status().uidValidity())
                                == opened.status().uidValidity()
                ? Optional.of(opened.ref())
                : Optional.empty();
    }

    private Optional<MailboxRef> selected() {
        return context.state() instanceof SessionState.Selected selected
                ? Optional.of(selected.view().ref())
                : Optional.empty();
    }

    private Part part(ImapUrl url, MailboxRef mailbox, Range range) throws IOException {
        if (!url.section().kind().filtersFields()) {
            Range part = url.partial().map(range::narrowed).orElse(range);
            return new Part(part.length(), new StoredOctets(context, mailbox, url.uid(), part));
        }
        Range header = new Range(range.offset(), Math.min(range.length(), OctetsWriter.HEADER_MAX));
        byte[] fields;
        try (InputStream in = new StoredOctets(context, mailbox, url.uid(), header)) {
            boolean named = url.section().kind() == Section.Kind.HEADER_FIELDS;
            fields = new HeaderFields(url.section().fields(), named).of(in.readAllBytes());
        }
        Range all = new Range(0, fields.length);
        Range part = url.partial().map(all::narrowed).orElse(all);
        return new Part(part.length(), new ByteArrayInputStream(fields, (int) part.offset(), (int) part.length()));
    }
}
