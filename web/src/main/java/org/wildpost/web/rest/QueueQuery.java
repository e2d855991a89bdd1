// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.ejb.queue.QueueAction;
import org.wildpost.ejb.queue.QueueFilter;
import org.wildpost.ejb.queue.QueueItem;

/** Reads what operators write about the queue; each mistake is a problem that names its field. */
final class QueueQuery {
    private static final Pattern HOP =
            Pattern.compile("(?<host>[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,60}])(:(?<port>[1-9][0-9]{0,4}))?");
    private static final int SMTP = 25;
    private static final int LAST_PORT = 65_535;

    private QueueQuery() {}

    /** Entries by their properties; an empty text counts as absent, but for the sender, whose empty one is {@code <>}. */
    static QueueFilter filter(
            Optional<List<String>> ids,
            Optional<String> destination,
            Optional<String> sender,
            Optional<String> recipient,
            Optional<String> state,
            Optional<String> createdBefore,
            Optional<String> createdAfter) {
        return new QueueFilter(
                ids.map(QueueQuery::ids),
                some(destination).map(text -> text.contains(":") ? text : domain("destination", text)),
                some(sender).map(text -> text.equals("<>") ? "" : text),
                some(recipient),
                some(state).map(QueueQuery::state),
                some(createdBefore).map(text -> moment("createdBefore", text)),
                some(createdAfter).map(text -> moment("createdAfter", text)));
    }

    static Optional<String> some(Optional<String> text) {
        return text.map(String::strip).filter(value -> !value.isEmpty());
    }

    static long id(String field, String text) {
        if (text.matches("[0-9]{1,18}")) {
            return Long.parseLong(text);
        }
        throw wrong(field, "'" + field + "' must be the number of an entry");
    }

    static String domain(String field, String text) {
        try {
            return DomainName.parse(text).ascii();
        } catch (AddressException e) {
            throw wrong(field, "'" + field + "' must be a domain name");
        }
    }

    static Instant moment(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(field, "'" + field + "' must be a moment such as 2026-01-31T12:00:00Z");
        }
    }

    /** A host with a port, 25 when there is none. */
    static QueueAction.Hop hop(String text) {
        Matcher matcher = HOP.matcher(text.strip());
        if (matcher.matches()) {
            String port = matcher.group("port");
            int number = port == null ? SMTP : Integer.parseInt(port);
            if (number <= LAST_PORT) {
                return new QueueAction.Hop(matcher.group("host").toLowerCase(Locale.ROOT), number);
            }
        }
        throw wrong("hop", "'hop' must be a host, or a host and a port such as relay.example.org:25");
    }

    static ProblemException wrong(String field, String detail) {
        return new ProblemException(Problem.field(400, field, detail));
    }

    private static List<Long> ids(List<String> texts) {
        List<Long> ids = new ArrayList<>();
        texts.forEach(text -> ids.add(id("ids", text)));
        return ids;
    }

    private static QueueItem.State state(String text) {
        return switch (text) {
            case "waiting" -> QueueItem.State.WAITING;
            case "held" -> QueueItem.State.HELD;
            case "carried" -> QueueItem.State.CARRIED;
            default -> throw wrong("state", "'state' must be waiting, held or carried");
        };
    }
}
