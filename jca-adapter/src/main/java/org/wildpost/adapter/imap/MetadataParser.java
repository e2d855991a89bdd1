// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wildpost.adapter.imap.MetadataRequest.Entry;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MetadataQuery;

/** GETMETADATA, SETMETADATA and the METADATA option of LIST (RFC 5464 §5, RFC 9590 §5). */
final class MetadataParser {
    private final Cursor in;
    private int levels;
    private long maxSize = Long.MAX_VALUE;

    MetadataParser(Cursor in) {
        this.in = in;
    }

    /**
     * getmetadata = "GETMETADATA" [SP getmetadata-options] SP mailbox SP entries; in all examples of the RFC the options stand behind the mailbox, and
     * in two of them (RFC 5464 §4.4.1) several entries have no parentheses: clients go by these.
     */
    MailboxCommand get() throws ImapParseException {
        if (in.accept('(')) {
            options();
            in.space();
        }
        Optional<MailboxName> mailbox = in.mailboxOrServer();
        in.space();
        return new MailboxCommand.GetMetadata(mailbox, request(true));
    }

    /** [getmetadata-options SP] entries. */
    MetadataRequest request() throws ImapParseException {
        return request(false);
    }

    /** @param last whether nothing follows, so that entries need no parentheses */
    private MetadataRequest request(boolean last) throws ImapParseException {
        List<Entry> entries = new ArrayList<>();
        boolean list = in.accept('(');
        if (list && in.peek() != '/' && !in.isString()) {
            options();
            in.space();
            list = in.accept('(');
        }
        do {
            entries.add(entry());
        } while ((list || last) && in.accept(' '));
        if (list) {
            in.expect(')');
        }
        return new MetadataRequest(entries, levels, maxSize);
    }

    /** getmetadata-option *(SP getmetadata-option) ")" with the MAXSIZE and DEPTH options. */
    private void options() throws ImapParseException {
        do {
            String option = in.keyword();
            in.space();
            switch (option) {
                case "MAXSIZE" -> maxSize = in.number();
                case "DEPTH" -> levels = depth();
                default -> throw in.error("this option of GETMETADATA is not offered");
            }
        } while (in.accept(' '));
        in.expect(')');
    }

    /** "0" / "1" / "infinity". */
    private int depth() throws ImapParseException {
        return switch (in.keyword()) {
            case "0" -> 0;
            case "1" -> 1;
            case "INFINITY" -> MetadataQuery.ALL;
            default -> throw in.error("0, 1 or infinity expected");
        };
    }

    /** setmetadata = "SETMETADATA" SP mailbox SP "(" entry SP value *(SP entry SP value) ")". */
    MailboxCommand set() throws ImapParseException {
        Optional<MailboxName> mailbox = in.mailboxOrServer();
        in.space();
        in.expect('(');
        Map<AnnotationName, Optional<byte[]>> values = new LinkedHashMap<>();
        do {
            int start = in.position();
            AnnotationName name = entry().name();
            if (!name.holdsValue() || values.containsKey(name)) {
                throw new ImapParseException(
                        "this annotation cannot be set here", start, ImapParseException.Kind.SYNTAX);
            }
            in.space();
            values.put(name, value());
        } while (in.accept(' '));
        in.expect(')');
        return new MailboxCommand.SetMetadata(mailbox, values);
    }

    /** value = nstring / literal8. */
    private Optional<byte[]> value() throws ImapParseException {
        if (in.accept('~') && !in.isString()) {
            throw in.error("a literal expected");
        }
        return in.nstring().map(value -> value.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Entry entry() throws ImapParseException {
        int start = in.position();
        String written = in.astring();
        try {
            return new Entry(written, AnnotationName.parse(written));
        } catch (IllegalArgumentException e) {
            throw new ImapParseException("no annotation can have this name", start, ImapParseException.Kind.SYNTAX);
        }
    }
}
