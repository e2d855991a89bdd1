// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a client may ask to hear of (RFC 5465 §5, §8 event). */
enum NotifyEvent {
    MESSAGE_NEW("MessageNew", true, true, "RFC 5465 §5.2"),
    MESSAGE_EXPUNGE("MessageExpunge", true, true, "RFC 5465 §5.3"),
    FLAG_CHANGE("FlagChange", true, true, "RFC 5465 §5.1"),
    /** There are no annotations of messages here. */
    ANNOTATION_CHANGE("AnnotationChange", true, false, "RFC 5465 §5.1"),
    MAILBOX_NAME("MailboxName", false, true, "RFC 5465 §5.4"),
    SUBSCRIPTION_CHANGE("SubscriptionChange", false, true, "RFC 5465 §5.5"),
    MAILBOX_METADATA_CHANGE("MailboxMetadataChange", false, true, "RFC 5465 §5.6"),
    SERVER_METADATA_CHANGE("ServerMetadataChange", false, true, "RFC 5465 §5.7");

    private final String word;
    private final boolean ofMessages;
    private final boolean offered;
    private final String reference;

    NotifyEvent(String word, boolean ofMessages, boolean offered, String reference) {
        this.word = word;
        this.ofMessages = ofMessages;
        this.offered = offered;
        this.reference = reference;
    }

    /** As it stands on the wire. */
    String word() {
        return word;
    }

    /** Whether it is a message-event, which is all that can be asked for of the selected mailbox (RFC 5465 §6.1). */
    boolean ofMessages() {
        return ofMessages;
    }

    /** Whether it can be asked for here. */
    boolean offered() {
        return offered;
    }

    /** The section that defines it. */
    String reference() {
        return reference;
    }

    static Optional<NotifyEvent> of(String word) {
        return Arrays.stream(values())
                .filter(event -> event.word.equalsIgnoreCase(word))
                .findFirst();
    }

    /** The response code for who asks for another (RFC 5465 §8 unsupported-events-code). */
    static String badEvent() {
        return Arrays.stream(values())
                .filter(NotifyEvent::offered)
                .map(NotifyEvent::word)
                .collect(Collectors.joining(" ", "BADEVENT (", ")"));
    }
}
