// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.util.ArrayList;
import java.util.List;

/** Makes the envelope of a header (RFC 9051 §7.5.2). */
final class Envelopes {
    private Envelopes() {}

    static Envelope of(HeaderFields header) {
        return new Envelope(
                header.first("date").orElse(null),
                header.first("subject").orElse(null),
                addresses(header, "from"),
                addresses(header, "sender"),
                addresses(header, "reply-to"),
                addresses(header, "to"),
                addresses(header, "cc"),
                addresses(header, "bcc"),
                header.first("in-reply-to").orElse(null),
                header.first("message-id").orElse(null));
    }

    /** A field that must stand once but stands twice counts as one list. */
    private static List<Mailbox> addresses(HeaderFields header, String name) {
        List<Mailbox> all = new ArrayList<>();
        for (HeaderFields.Field field : header.fields()) {
            if (field.name().equals(name) && all.size() < AddressList.MAX_ADDRESSES) {
                all.addAll(AddressList.parse(field.value()));
            }
        }
        return all;
    }
}
