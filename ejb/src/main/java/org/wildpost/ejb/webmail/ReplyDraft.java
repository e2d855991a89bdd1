// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.wildpost.core.address.EmailAddress;

/** How an answer begins: whom it goes to, its subject, the text it quotes, the thread it continues. */
public final class ReplyDraft {
    /** Message-IDs that References keeps; the first names the thread, the rest are the last ones. */
    private static final int MAX_REFERENCES = 20;

    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]+>");
    private static final Pattern REPLY = Pattern.compile("(?i)^(re|aw|sv|回复|答复)\\s*(\\[\\d+\\])?\\s*[:：]\\s*");
    private static final Pattern FORWARD = Pattern.compile("(?i)^(fwd?|wg|转发)\\s*[:：]\\s*");

    private ReplyDraft() {}

    /** Whom a reply goes to; one's own message is continued to those it went to. */
    public static List<Correspondent> to(OpenedMessage message, EmailAddress self) {
        List<Correspondent> people = message.replyTo();
        boolean own = people.stream().allMatch(person -> same(person, self));
        return own ? message.to() : people;
    }

    /** Who else a reply to all goes to: To and Cc without oneself and without those already named. */
    public static List<Correspondent> cc(OpenedMessage message, EmailAddress self, List<Correspondent> already) {
        Map<EmailAddress, Correspondent> others = new LinkedHashMap<>();
        message.to().forEach(person -> others.putIfAbsent(person.address().canonical(), person));
        message.cc().forEach(person -> others.putIfAbsent(person.address().canonical(), person));
        others.remove(self.canonical());
        already.forEach(person -> others.remove(person.address().canonical()));
        return List.copyOf(others.values());
    }

    /** The subject of an answer: {@code Re:} once (RFC 5322 §3.6.5). */
    public static String replySubject(String subject) {
        return "Re: " + REPLY.matcher(subject).replaceFirst("");
    }

    public static String forwardSubject(String subject) {
        return "Fwd: " + FORWARD.matcher(subject).replaceFirst("");
    }

    /** Each line with {@code >} before it. */
    public static String quote(String text) {
        return text.strip()
                .lines()
                .map(line -> line.startsWith(">") ? ">" + line : line.isEmpty() ? ">" : "> " + line)
                .collect(Collectors.joining("\n"));
    }

    /** The thread: what the message referred to (or answered), and the message itself (RFC 5322 §3.6.4). */
    public static List<String> references(OpenedMessage message, String referencesField) {
        List<String> ids = ids(referencesField);
        if (ids.isEmpty()) {
            String answered = message.envelope().inReplyTo();
            ids = ids(answered == null ? "" : answered);
        }
        String own = message.envelope().messageId();
        if (own != null) {
            ids.addAll(ids(own));
        }
        List<String> distinct = ids.stream().distinct().collect(Collectors.toCollection(ArrayList::new));
        while (distinct.size() > MAX_REFERENCES) {
            distinct.remove(1);
        }
        return List.copyOf(distinct);
    }

    private static List<String> ids(String field) {
        return MESSAGE_ID
                .matcher(field)
                .results()
                .map(result -> result.group())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static boolean same(Correspondent person, EmailAddress self) {
        return person.address()
                .canonical()
                .toString()
                .toLowerCase(Locale.ROOT)
                .equals(self.canonical().toString());
    }
}
