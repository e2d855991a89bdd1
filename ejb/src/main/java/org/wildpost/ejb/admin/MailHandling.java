// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.util.Optional;

/**
 * What an account does with mail, beside where it redirects it.
 *
 * @param discard      whether it keeps no copy of what it redirects
 * @param redirectOnly whether nobody logs in and it keeps nothing at all
 * @param internalOnly whether it takes mail of this server's own users only
 * @param copyToSent   whether what it submits is also filed in Sent
 */
public record MailHandling(boolean discard, boolean redirectOnly, boolean internalOnly, boolean copyToSent) {
    /** An ordinary account: a redirect keeps a copy, everybody may write, clients file what they send. */
    public static final MailHandling ORDINARY = new MailHandling(false, false, false, false);

    /** What is to change; what is empty stays as it is. */
    public record Change(
            Optional<Boolean> discard,
            Optional<Boolean> redirectOnly,
            Optional<Boolean> internalOnly,
            Optional<Boolean> copyToSent) {
        /** Changes nothing. */
        public static final Change NONE =
                new Change(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** Changes everything. */
        public static Change to(MailHandling handling) {
            return new Change(
                    Optional.of(handling.discard),
                    Optional.of(handling.redirectOnly),
                    Optional.of(handling.internalOnly),
                    Optional.of(handling.copyToSent));
        }

        /** What comes of it. */
        public MailHandling of(MailHandling before) {
            return new MailHandling(
                    discard.orElse(before.discard),
                    redirectOnly.orElse(before.redirectOnly),
                    internalOnly.orElse(before.internalOnly),
                    copyToSent.orElse(before.copyToSent));
        }
    }
}
