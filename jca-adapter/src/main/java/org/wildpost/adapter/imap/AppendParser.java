// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildpost.adapter.imap.AppendPiece.Within;
import org.wildpost.adapter.imap.Frame.MessageLiteral;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.message.Flags;

/** The messages of APPEND and REPLACE, piece by piece: one method per rule of RFC 9051 §9, RFC 3502 §4, RFC 4469 §5 and RFC 8508 §5. */
final class AppendParser {
    private final Cursor in;
    private final Optional<MessageLiteral> literal;
    private final boolean single;
    private final List<AppendStep> steps = new ArrayList<>();

    /**
     * @param literal what stands at the end of the piece
     * @param single  whether the command has one message only (RFC 8508 §5)
     */
    AppendParser(Cursor in, Optional<MessageLiteral> literal, boolean single) {
        this.in = in;
        this.literal = literal;
        this.single = single;
    }

    /** append = "APPEND" SP mailbox 1*append-message. */
    MailboxCommand append() throws ImapParseException {
        MailboxName mailbox = in.mailbox();
        in.space();
        return new MailboxCommand.Append(mailbox, message());
    }

    /** replace = "REPLACE" SP seq-number SP mailbox append-message. */
    MessageCommand replace(boolean uid) throws ImapParseException {
        SequenceSet replaced = in.single();
        in.space();
        MailboxName mailbox = in.mailbox();
        in.space();
        return new MessageCommand.Replace(uid, replaced, mailbox, message());
    }

    /** What follows a literal of a message. */
    static AppendPiece rest(Frame frame, ImapLimits limits, Set<Extension> enabled, Within within, boolean single)
            throws ImapParseException {
        Cursor in = new Cursor(frame, limits, enabled);
        AppendParser parser = new AppendParser(in, frame.message(), single);
        return switch (within) {
            case MESSAGE, NOTHING -> parser.end();
            case UTF8 -> {
                in.expect(')');
                yield parser.end();
            }
            case CATENATE -> parser.behindPart();
            case CATENATE_UTF8 -> {
                in.expect(')');
                yield parser.behindPart();
            }
        };
    }

    /** append-message = [flag-list SP] [date-time SP] append-data, behind its space. */
    private AppendPiece message() throws ImapParseException {
        Flags flags = Flags.NONE;
        if (in.peek() == '(') {
            flags = new FlagParser(in).list();
            in.space();
        }
        Optional<Instant> date = Optional.empty();
        if (in.peek() == '"') {
            int start = in.position();
            date = Optional.of(ImapDates.parseDateTime(in.string(), start));
            in.space();
        }
        steps.add(new AppendStep.Begin(flags, date));
        return data();
    }

    /** append-data = literal / literal8 / "CATENATE" SP "(" cat-part *(SP cat-part) ")" / "UTF8" SP "(" literal8 ")". */
    private AppendPiece data() throws ImapParseException {
        if (in.acceptWord("CATENATE (")) {
            return part();
        }
        boolean utf8 = utf8();
        if (!isLiteral() || utf8 && literal.stream().noneMatch(MessageLiteral::binary)) {
            throw in.error("the message is expected, as a literal");
        }
        return upToLiteral(utf8 ? Within.UTF8 : Within.MESSAGE);
    }

    private boolean utf8() {
        return in.enabled(Extension.UTF8_ACCEPT) && in.acceptWord("UTF8 (");
    }

    private boolean isLiteral() {
        return in.peek() == Cursor.END && literal.isPresent();
    }

    private AppendPiece upToLiteral(Within within) {
        return new AppendPiece(steps, literal, within);
    }

    /** cat-part = "URL" SP astring / "TEXT" SP literal / "UTF8" SP "(" literal8 ")" (RFC 4469 §5, RFC 6855 §4). */
    private AppendPiece part() throws ImapParseException {
        while (in.acceptWord("URL ")) {
            steps.add(new AppendStep.Url(in.astring()));
            if (in.accept(')')) {
                return end();
            }
            in.space();
        }
        boolean utf8 = utf8();
        if (!utf8 && !in.acceptWord("TEXT ")) {
            throw in.error("URL or TEXT expected");
        }
        if (!isLiteral() || utf8 && literal.stream().noneMatch(MessageLiteral::binary)) {
            throw in.error("the text is expected, as a literal");
        }
        return upToLiteral(utf8 ? Within.CATENATE_UTF8 : Within.CATENATE);
    }

    private AppendPiece behindPart() throws ImapParseException {
        if (in.accept(')')) {
            return end();
        }
        in.space();
        return part();
    }

    /** The end of a message: there may be another one. */
    private AppendPiece end() throws ImapParseException {
        steps.add(new AppendStep.End());
        if (literal.isEmpty() && in.isEnd()) {
            return new AppendPiece(steps, Optional.empty(), Within.NOTHING);
        }
        if (single) {
            throw in.error("the command has one message and should end here");
        }
        in.space();
        return message();
    }
}
