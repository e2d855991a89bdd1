// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.listener.imap.MailboxName;

/**
 * The URL of a message or of a part of one (RFC 5092 §11 imessagepart), absolute or relative. One that begins with a slash names its mailbox:
 * only {@code ;UID=} at the beginning stands in the selected one (irelative-path).
 *
 * @param host        the server, in lower case; this one when empty
 * @param mailbox     the mailbox; the selected one when empty
 * @param uidValidity what the mailbox must have
 * @param uid         the message
 * @param section     which octets of it
 * @param partial     which of these
 */
record ImapUrl(
        Optional<String> host,
        Optional<MailboxName> mailbox,
        OptionalLong uidValidity,
        long uid,
        Section section,
        Optional<FetchItem.Partial> partial) {
    private static final Pattern FORM = Pattern.compile(
            "((imap:)?//(?<host>[^/@;:]+)(:[0-9]{1,5})?(?=/))?"
                    + "(/?(?<mailbox>[^;]+?)(;UIDVALIDITY=(?<validity>[1-9][0-9]{0,9}))?/)?"
                    + ";UID=(?<uid>[1-9][0-9]{0,9})"
                    + "(/;SECTION=(?<section>[^;]+?))?"
                    + "(/;PARTIAL=(?<origin>[0-9]{1,18})(\\.(?<length>[1-9][0-9]{0,17}))?)?",
            Pattern.CASE_INSENSITIVE);

    /** Reads a URL; empty when it names no message that this server could have, such as one of another user (RFC 5092 §3 iuserinfo). */
    static Optional<ImapUrl> parse(String url, ImapLimits limits) {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            return Optional.empty();
        }
        Optional<MailboxName> mailbox =
                decoded(form.group("mailbox")).filter(MailboxName::isValid).map(MailboxName::new);
        Optional<Section> section = form.group("section") == null
                ? Optional.of(Section.WHOLE)
                : decoded(form.group("section")).flatMap(text -> section(text, limits));
        boolean wrongName = form.group("mailbox") != null && mailbox.isEmpty();
        boolean noMailbox = form.group("host") != null && mailbox.isEmpty();
        if (section.isEmpty() || wrongName || noMailbox) {
            return Optional.empty();
        }
        String validity = form.group("validity");
        return Optional.of(new ImapUrl(
                Optional.ofNullable(form.group("host")).map(host -> host.toLowerCase(Locale.ROOT)),
                mailbox,
                validity == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(validity)),
                Long.parseLong(form.group("uid")),
                section.get(),
                partial(form.group("origin"), form.group("length"))));
    }

    private static Optional<FetchItem.Partial> partial(@Nullable String origin, @Nullable String length) {
        return origin == null
                ? Optional.empty()
                : Optional.of(new FetchItem.Partial(
                        Long.parseLong(origin), length == null ? Long.MAX_VALUE : Long.parseLong(length)));
    }

    /** The section as FETCH has it between its brackets (RFC 5092 §6). */
    private static Optional<Section> section(String text, ImapLimits limits) {
        Cursor in = new Cursor(new Frame(text, List.of(), Optional.empty()), limits, Set.of());
        try {
            Section section = new FetchParser(in).section();
            in.end();
            return Optional.of(section);
        } catch (ImapParseException e) {
            return Optional.empty();
        }
    }

    /** Text without its percent-encoding, which stands for UTF-8 (RFC 5092 §4, RFC 3986 §2.1). */
    private static Optional<String> decoded(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                octets.write(c);
                continue;
            }
            boolean whole = i + 2 < text.length();
            int high = whole ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = whole ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            octets.write(high << 4 | low);
            i += 2;
        }
        try {
            ByteBuffer encoded = ByteBuffer.wrap(octets.toByteArray());
            String decoded = StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
            return decoded.indexOf(Frame.LITERAL) < 0 ? Optional.of(decoded) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
