// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeCodec;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.jdbc.Doubt;
import org.wildpost.persistence.mailbox.MailboxKey;
import org.wildpost.persistence.message.GroupedAppends;
import org.wildpost.persistence.message.MessageAppends;
import org.wildpost.persistence.message.MessageContent;
import org.wildpost.persistence.message.NewMessage;
import org.wildpost.persistence.message.Placed;

/**
 * Adds one message to mailboxes of any accounts: its bytes once, and all or nothing. What it answers as appended is committed, unless the caller
 * has a transaction open. Safe for all threads.
 */
@ApplicationScoped
public class MessageAppender {
    /** Octets of messages that are written together. */
    static final long GROUP_OCTETS = 1024 * 1024;

    private static final byte[] NOTHING = {};

    @Inject
    Database database;

    @Inject
    MailboxEvents events;

    @Inject
    Ids ids;

    private final Gathering<MailboxKey, GroupedAppends.Item, Optional<Placed>> together = new Gathering<>(
            GroupedAppends.MOST, GROUP_OCTETS, item -> item.content().message().size(), MessageAppender::isUndone);

    /**
     * A mailbox that gets the message.
     *
     * @param prefix octets before the message in this mailbox alone: whole header fields with their CRLF, or none
     */
    public record Target(AccountId account, MailboxName mailbox, byte[] prefix, Flags flags, Instant internalDate) {}

    /** What became of a target. */
    public sealed interface Outcome {
        /** It is there. */
        record Appended(MailboxRef mailbox, long uidValidity, long uid) implements Outcome {}

        /** There is no such mailbox; the other targets are served all the same. */
        record NoSuchMailbox() implements Outcome {}
    }

    /** Adds the message to all targets; the answers are in their order. */
    public List<Outcome> append(SpooledMessage message, MessageIndex index, List<Target> targets) {
        return targets.isEmpty() ? List.of() : append(message, index, targets, MessageAppends.Alongside.NOTHING);
    }

    /**
     * Adds the message to all targets, perhaps none, and writes something else in the same transaction, such as the queue's rows; the answers are
     * in the order of the targets.
     */
    public List<Outcome> append(
            SpooledMessage message, MessageIndex index, List<Target> targets, MessageAppends.Alongside also) {
        MessageContent content = targets.isEmpty()
                ? new MessageContent(
                        message, NOTHING, NOTHING, index.sentDate().orElse(null), index.subject(), index.preview())
                : content(message, index);
        List<NewMessage> rows = targets.stream()
                .map(target -> new NewMessage(
                        new MailboxKey(target.account(), target.mailbox()),
                        target.prefix(),
                        target.flags(),
                        target.internalDate()))
                .toList();
        List<Optional<Placed>> placed = append(content, rows, also);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < placed.size(); i++) {
            AccountId account = targets.get(i).account();
            outcomes.add(placed.get(i)
                    .<Outcome>map(place -> new Outcome.Appended(
                            new MailboxRef(account, place.mailbox()), place.uidValidity(), place.uid()))
                    .orElseGet(Outcome.NoSuchMailbox::new));
        }
        return outcomes;
    }

    /** What all copies of a message share. */
    static MessageContent content(SpooledMessage message, MessageIndex index) {
        return new MessageContent(
                message,
                MimeCodec.encode(index.envelope()),
                MimeCodec.encode(index.root()),
                index.sentDate().orElse(null),
                index.subject(),
                index.preview());
    }

    private List<Optional<Placed>> append(
            MessageContent content, List<NewMessage> rows, MessageAppends.Alongside also) {
        boolean alone = rows.size() == 1 && also.equals(MessageAppends.Alongside.NOTHING);
        if (alone && MessageAppends.isOneStatement(content)) {
            return List.of(appendOne(new GroupedAppends.Item(content, rows.getFirst())));
        }
        return database.transaction(connection -> {
            List<Optional<Placed>> placed =
                    new MessageAppends(connection, ids.blobs(), ids.messages()).append(content, rows, also);
            placed.forEach(one -> one.ifPresent(place -> events.publish(place.mailbox())));
            return placed;
        });
    }

    /** Not together with others where the caller has a transaction, which is not theirs. */
    private Optional<Placed> appendOne(GroupedAppends.Item item) {
        MailboxKey mailbox = item.target().mailbox();
        return events.inTransaction()
                ? appendTogether(mailbox, List.of(item)).getFirst()
                : together.ask(mailbox, item, this::appendTogether);
    }

    /**
     * Messages that come to one mailbox at the same time would wait for each other at its row, each until the commit of the one before. Those that wait are
     * written by one statement instead, with one commit for all; nobody hears of a message before that.
     */
    List<Optional<Placed>> appendTogether(MailboxKey mailbox, List<GroupedAppends.Item> items) {
        List<Optional<Placed>> placed = database.statement(connection -> {
            if (items.size() == 1) {
                GroupedAppends.Item item = items.getFirst();
                return List.of(new MessageAppends(connection, ids.blobs(), ids.messages())
                        .appendOne(item.content(), item.target()));
            }
            return new GroupedAppends(connection, ids.blobs(), ids.messages()).append(mailbox, items);
        });
        placed.getFirst().ifPresent(place -> events.publish(place.mailbox()));
        return placed;
    }

    /** How many messages wait until another one is written to the same mailbox. */
    int waiting(AccountId account, MailboxName mailbox) {
        return together.waiting(new MailboxKey(account, mailbox));
    }

    /**
     * Whether each may try again by itself: when the octets of one could not be read, or the database refused. Not when the way to the database broke,
     * for then the message may be there already.
     */
    private static boolean isUndone(RuntimeException fault) {
        return fault instanceof UncheckedIOException
                || fault.getCause() instanceof SQLException refused && !Doubt.remainsAfter(refused);
    }
}
