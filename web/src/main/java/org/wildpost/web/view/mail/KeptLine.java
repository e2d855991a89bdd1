// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import java.io.Serializable;
import java.time.Instant;
import org.wildpost.ejb.mailbox.Vault;

/**
 * One line of the list of messages that can be restored.
 *
 * @param people    who wrote it; empty when nobody is named
 * @param folder    the name of the folder where it was
 * @param goneAfter when it cannot be restored any more
 */
public record KeptLine(
        long id, String people, String subject, String preview, String folder, Instant deleted, Instant goneAfter)
        implements Serializable {
    static KeptLine of(Vault.Kept kept) {
        return new KeptLine(
                kept.id(),
                MessageLine.people(kept.envelope(), false),
                MessageLine.subject(kept.envelope()),
                kept.preview(),
                kept.mailbox(),
                kept.expungedAt(),
                kept.goneAfter());
    }
}
