// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A name and a type, class IN; names compare without case (RFC 4343).
 *
 * @param type of {@link Type}
 */
record DnsQuestion(Name name, int type) {
    /** The question for a name as text without a closing dot; empty when no such name can exist. */
    static Optional<DnsQuestion> of(String name, int type) {
        if (name.isEmpty() || name.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DnsQuestion(Name.concatenate(Name.fromString(name), Name.root), type));
        } catch (TextParseException | NameTooLongException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return name.toString(true) + " " + Type.string(type);
    }
}
