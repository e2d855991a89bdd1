// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ForwardPath;

/**
 * What a delivery status notification says (RFC 3464 §2).
 *
 * @param to         the reverse-path of the message it is about
 * @param deliveryId what the client was told
 * @param envelopeId ENVID (RFC 3461 §4.4)
 * @param arrived    when the message came
 * @param deadline   the sender's (RFC 2852 §4)
 * @param messageId  its Message-ID field, or ""
 * @param subject    decoded
 * @param recipients never empty
 */
record Report(
        Kind kind,
        EmailAddress to,
        String deliveryId,
        Optional<String> envelopeId,
        Instant arrived,
        Optional<Instant> deadline,
        String messageId,
        String subject,
        List<Recipient> recipients) {
    Report {
        recipients = List.copyOf(recipients);
    }

    /** What it is about; each has its own words. */
    enum Kind {
        FAILURE,
        DELAY,
        SUCCESS,
        /** It went on to a server that does not look at the sender's deadline, or every step was to be told of (RFC 2852 §4.1.4). */
        RELAYED;

        /** As it stands in the names of texts. */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** RFC 3464 §2.3.3. */
    enum Action {
        FAILED,
        DELAYED,
        DELIVERED,
        RELAYED,
        EXPANDED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One recipient.
     *
     * @param status      the enhanced status code
     * @param reply       the remote's words, or ours
     * @param remote      the host that said so; empty: this server did
     * @param lastAttempt when it was tried last
     * @param retryUntil  until when it is tried
     */
    record Recipient(
            ForwardPath path,
            Action action,
            String status,
            String reply,
            Optional<String> remote,
            Optional<Instant> lastAttempt,
            Optional<Instant> retryUntil) {
        /** Whether an address of it has characters beyond ASCII (RFC 6533 §3). */
        boolean international() {
            return !ascii(path.address().toString())
                    || !ascii(path.original()
                            .map(ForwardPath.OriginalRecipient::address)
                            .orElse(""));
        }
    }

    /** Whether an address in it has characters beyond ASCII. */
    boolean international() {
        return recipients.stream().anyMatch(Recipient::international);
    }

    static boolean ascii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
