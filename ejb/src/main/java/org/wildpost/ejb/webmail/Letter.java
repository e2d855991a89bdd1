// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.wildpost.core.address.EmailAddress;

/**
 * What somebody wrote, before it is a message.
 *
 * @param from       the author, always the account that is logged in
 * @param subject    as typed
 * @param text       as typed
 * @param enclosures the files that go with it
 * @param references Message-IDs of the thread, the message answered last (RFC 5322 §3.6.4); empty for a new thread
 */
public record Letter(
        Correspondent from,
        List<Correspondent> to,
        List<Correspondent> cc,
        List<Correspondent> bcc,
        String subject,
        String text,
        List<Enclosure> enclosures,
        List<String> references) {
    public Letter {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        enclosures = List.copyOf(enclosures);
        references = List.copyOf(references);
    }

    /** Every forward-path, each once, in the order written. */
    public List<EmailAddress> recipients() {
        LinkedHashSet<EmailAddress> all = new LinkedHashSet<>();
        to.forEach(person -> all.add(person.address()));
        cc.forEach(person -> all.add(person.address()));
        bcc.forEach(person -> all.add(person.address()));
        return new ArrayList<>(all);
    }

    /** Whether an address needs SMTPUTF8 (RFC 6531 §3.2). */
    public boolean international() {
        return from.address().international() || recipients().stream().anyMatch(EmailAddress::international);
    }
}
