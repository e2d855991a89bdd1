// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.wildpost.adapter.imap.FetchItem.Octets;
import org.wildpost.adapter.imap.FetchItem.Simple;

/** The data items of FETCH (RFC 9051 §9 fetch-att, RFC 3501 §9 for the RFC822 forms). */
final class FetchParser {
    private final Cursor in;

    FetchParser(Cursor in) {
        this.in = in;
    }

    /** "ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")". */
    List<FetchItem> items() throws ImapParseException {
        List<FetchItem> items = new ArrayList<>();
        if (in.accept('(')) {
            do {
                item(items, in.fetchWord());
            } while (in.accept(' '));
            in.expect(')');
            return items;
        }
        String word = in.fetchWord();
        switch (word) {
            case "ALL" -> items.addAll(List.of(Simple.FLAGS, Simple.INTERNALDATE, Simple.SIZE, Simple.ENVELOPE));
            case "FAST" -> items.addAll(List.of(Simple.FLAGS, Simple.INTERNALDATE, Simple.SIZE));
            case "FULL" ->
                items.addAll(List.of(Simple.FLAGS, Simple.INTERNALDATE, Simple.SIZE, Simple.ENVELOPE, Simple.BODY));
            default -> item(items, word);
        }
        return items;
    }

    /** [SP "(" fetch-modifier *(SP fetch-modifier) ")"] (RFC 4466 §2.4, RFC 7162 §7; RFC 9394 §3.3, whose part other servers give of sequence numbers, too). */
    FetchModifiers modifiers(boolean uid) throws ImapParseException {
        if (!in.accept(' ') || in.peek() == Cursor.END) {
            return FetchModifiers.NONE;
        }
        in.expect('(');
        OptionalLong changedSince = OptionalLong.empty();
        boolean vanished = false;
        Optional<PartialRange> partial = Optional.empty();
        do {
            switch (in.keyword()) {
                case "CHANGEDSINCE" -> {
                    in.space();
                    changedSince = OptionalLong.of(in.knownModSequence());
                }
                case "VANISHED" -> vanished = true;
                case "PARTIAL" -> {
                    in.space();
                    partial = Optional.of(PartialRange.read(in));
                }
                default -> throw in.error("this modifier of FETCH is not offered");
            }
        } while (in.accept(' '));
        in.expect(')');
        if (vanished && !(uid && changedSince.isPresent() && in.enabled(Extension.QRESYNC))) {
            throw in.error("VANISHED stands in UID FETCH beside CHANGEDSINCE, after ENABLE QRESYNC");
        }
        return new FetchModifiers(changedSince, vanished, partial);
    }

    private void item(List<FetchItem> items, String word) throws ImapParseException {
        FetchItem item = switch (word) {
            case "UID" -> Simple.UID;
            case "FLAGS" -> Simple.FLAGS;
            case "MODSEQ" -> Simple.MODSEQ;
            case "INTERNALDATE" -> Simple.INTERNALDATE;
            case "RFC822.SIZE" -> Simple.SIZE;
            case "ENVELOPE" -> Simple.ENVELOPE;
            case "BODYSTRUCTURE" -> Simple.BODYSTRUCTURE;
            case "EMAILID" -> Simple.EMAILID;
            case "THREADID" -> Simple.THREADID;
            case "SAVEDATE" -> Simple.SAVEDATE;
            case "PREVIEW" -> preview();
            case "RFC822" -> new Octets("RFC822", Section.WHOLE, Optional.empty(), false);
            case "RFC822.HEADER" -> new Octets("RFC822.HEADER", Section.HEADER, Optional.empty(), true);
            case "RFC822.TEXT" -> new Octets("RFC822.TEXT", Section.TEXT, Optional.empty(), false);
            case "BODY" -> in.peek() == '[' ? octets(false) : Simple.BODY;
            case "BODY.PEEK" -> octets(true);
            case "BINARY" -> new FetchItem.Binary(binarySection(), partial(), false);
            case "BINARY.PEEK" -> new FetchItem.Binary(binarySection(), partial(), true);
            case "BINARY.SIZE" -> new FetchItem.BinarySize(binarySection());
            default -> throw in.error("this item of FETCH is not offered");
        };
        if (!items.contains(item)) {
            items.add(item);
        }
    }

    /** "PREVIEW" [SP "(" "LAZY" ")"] (RFC 8970 §6): previews are made when messages come in, so that none is ever late. */
    private FetchItem preview() {
        in.acceptWord(" (LAZY)");
        return Simple.PREVIEW;
    }

    /** section = "[" [section-spec] "]", then ["<" number "." nz-number ">"]. */
    private Octets octets(boolean peek) throws ImapParseException {
        in.expect('[');
        Section section = section();
        in.expect(']');
        return new Octets("BODY[" + section + "]", section, partial(), peek);
    }

    /** partial = "<" number64 "." nz-number64 ">". */
    private Optional<FetchItem.Partial> partial() throws ImapParseException {
        if (!in.accept('<')) {
            return Optional.empty();
        }
        long origin = in.number();
        in.expect('.');
        FetchItem.Partial partial = new FetchItem.Partial(origin, in.positive64());
        in.expect('>');
        return Optional.of(partial);
    }

    /** section-binary = "[" [section-part] "]" (RFC 3516 §7). */
    private List<Integer> binarySection() throws ImapParseException {
        in.expect('[');
        List<Integer> path = new ArrayList<>();
        if (in.peek() != ']') {
            do {
                path.add(partNumber(path.size()));
            } while (in.accept('.'));
        }
        in.expect(']');
        return path;
    }

    private int partNumber(int depth) throws ImapParseException {
        // 32 bits without a sign, for the answer names the part as it was asked for.
        int number = (int) in.positive();
        if (depth >= in.limits().nesting()) {
            throw in.error("the part lies deeper than " + in.limits().nesting());
        }
        return number;
    }

    /** section-spec = section-msgtext / (section-part ["." section-text]). */
    Section section() throws ImapParseException {
        List<Integer> path = new ArrayList<>();
        while (in.peek() >= '0' && in.peek() <= '9') {
            path.add(partNumber(path.size()));
            if (!in.accept('.')) {
                return new Section(path, Section.Kind.CONTENT, List.of());
            }
        }
        if (path.isEmpty() && in.peek() == ']') {
            return Section.WHOLE;
        }
        String word = in.keyword();
        return switch (word) {
            case "HEADER" -> new Section(path, Section.Kind.HEADER, List.of());
            case "TEXT" -> new Section(path, Section.Kind.TEXT, List.of());
            case "HEADER.FIELDS" -> new Section(path, Section.Kind.HEADER_FIELDS, fields());
            case "HEADER.FIELDS.NOT" -> new Section(path, Section.Kind.HEADER_FIELDS_NOT, fields());
            case "MIME" -> {
                if (path.isEmpty()) {
                    throw in.error("MIME needs a part number");
                }
                yield new Section(path, Section.Kind.MIME, List.of());
            }
            default -> throw in.error("this section does not exist");
        };
    }

    /** header-list = "(" header-fld-name *(SP header-fld-name) ")". */
    private List<String> fields() throws ImapParseException {
        in.space();
        in.expect('(');
        List<String> fields = new ArrayList<>();
        do {
            String field = in.astring();
            if (field.isEmpty() || field.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f || c == ':')) {
                throw in.error("this is not the name of a header field");
            }
            fields.add(field);
        } while (in.accept(' '));
        in.expect(')');
        return fields;
    }
}
