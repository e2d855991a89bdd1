// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a client says about itself: id = "ID" SP id-params-list (RFC 2971 §4), within the limits of its §3.3. */
final class IdParser {
    /** Field and value pairs. */
    static final int MAX_PAIRS = 30;

    /** Octets of the name of a field. */
    static final int MAX_FIELD = 30;

    /** Octets of a value. */
    static final int MAX_VALUE = 1024;

    private final Cursor in;

    IdParser(Cursor in) {
        this.in = in;
    }

    /** id-params-list = "(" [string SP nstring *(SP string SP nstring)] ")" / nil. */
    ImapCommand id() throws ImapParseException {
        Map<String, String> fields = new LinkedHashMap<>();
        if (in.accept('(')) {
            while (!in.accept(')')) {
                if (!fields.isEmpty()) {
                    in.space();
                }
                pair(fields);
            }
        } else if (!in.acceptWord("NIL")) {
            throw in.error("'(' or NIL expected");
        }
        return new AnyStateCommand.Id(fields);
    }

    private void pair(Map<String, String> fields) throws ImapParseException {
        if (fields.size() == MAX_PAIRS) {
            throw in.error("more than " + MAX_PAIRS + " fields");
        }
        String field = in.string();
        if (field.length() > MAX_FIELD) {
            throw in.error("the name of a field has at most " + MAX_FIELD + " octets");
        }
        in.space();
        String value = Cursor.utf8(in.nstring().orElse(""));
        if (value.length() > MAX_VALUE) {
            throw in.error("a value has at most " + MAX_VALUE + " octets");
        }
        if (fields.put(field.toLowerCase(Locale.ROOT), value) != null) {
            throw in.error("a field stands there twice");
        }
    }
}
