// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;

/**
 * What changed at a node.
 *
 * @param node      who says so: one word
 * @param mailboxes whose messages changed
 * @param trees     accounts whose mailboxes were made, renamed or deleted, or whose subscriptions changed
 */
public record NodeNews(String node, Set<MailboxId> mailboxes, Set<AccountId> trees) {
    /** Characters of one payload; PostgreSQL takes fewer than 8000 octets. */
    static final int PAYLOAD = 7_900;

    private static final char MAILBOX = 'm';
    private static final char TREE = 't';

    public NodeNews {
        mailboxes = Set.copyOf(mailboxes);
        trees = Set.copyOf(trees);
    }

    /** Nothing changed: a node shows that it is there. */
    public static NodeNews hello(String node) {
        return new NodeNews(node, Set.of(), Set.of());
    }

    /** Whether nothing changed. */
    public boolean isHello() {
        return mailboxes.isEmpty() && trees.isEmpty();
    }

    /** The news as payloads, one or more. */
    List<String> payloads() {
        List<String> all = new ArrayList<>();
        StringBuilder payload = new StringBuilder(node);
        mailboxes.forEach(mailbox -> append(all, payload, MAILBOX, mailbox.value()));
        trees.forEach(account -> append(all, payload, TREE, account.value()));
        all.add(payload.toString());
        return all;
    }

    private void append(List<String> all, StringBuilder payload, char kind, long id) {
        String word = " " + kind + id;
        if (payload.length() + word.length() > PAYLOAD) {
            all.add(payload.toString());
            payload.setLength(node.length());
        }
        payload.append(word);
    }

    /** From a payload; empty when it is none of ours. Words that a newer version may say are passed over. */
    static Optional<NodeNews> of(String payload) {
        String[] words = payload.split(" ", -1);
        Set<MailboxId> mailboxes = new HashSet<>();
        Set<AccountId> trees = new HashSet<>();
        for (int i = 1; i < words.length; i++) {
            String word = words[i];
            if (!word.matches("[a-z][0-9]{1,18}")) {
                return Optional.empty();
            }
            long id = Long.parseLong(word.substring(1));
            switch (word.charAt(0)) {
                case MAILBOX -> mailboxes.add(new MailboxId(id));
                case TREE -> trees.add(new AccountId(id));
                default -> {
                    // Said by a newer version.
                }
            }
        }
        return words[0].isEmpty() ? Optional.empty() : Optional.of(new NodeNews(words[0], mailboxes, trees));
    }
}
