// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.util.Optional;
import java.util.function.Function;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.listener.pop3.Maildrop;
import org.wildpost.core.listener.pop3.Pop3Listener;

/** Answers of one session about its messages: RETR, TOP, LIST and UIDL (RFC 1939 §5, §7). For one thread. */
final class Retrieval {
    /** Octets that one question about a message's content asks for. */
    static final int SLICE = 256 * 1024;

    /** The same for TOP, which seldom goes far. */
    private static final int TOP_SLICE = 16 * 1024;

    private final Endpoints<Pop3Listener> endpoints;
    private final OpenMaildrop drop;
    private final boolean utf8;
    private final Runnable keepLease;

    /**
     * @param utf8      whether the client asked for headers as they are (RFC 6856 §2.1)
     * @param keepLease done while a message is sent
     */
    Retrieval(Endpoints<Pop3Listener> endpoints, OpenMaildrop drop, boolean utf8, Runnable keepLease) {
        this.endpoints = endpoints;
        this.drop = drop;
        this.utf8 = utf8;
        this.keepLease = keepLease;
    }

    Pop3Reply whole(int number) {
        return content(number, Long.MAX_VALUE, SLICE);
    }

    Pop3Reply top(int number, int lines) {
        return content(number, lines, TOP_SLICE);
    }

    /** Sizes are those of the messages as they are stored, whatever is made of their headers (RFC 6858 §4). */
    Pop3Reply table(Optional<Integer> number, Function<Maildrop.Message, Object> column) {
        if (number.isEmpty()) {
            return new Pop3Reply.Lines(Pop3Reply.Status.ok(Phrase.MESSAGES, drop.count()), drop.lines(column));
        }
        return drop.message(number.get())
                .map(message -> Pop3Reply.data(number.get() + " " + column.apply(message)))
                .orElse(Pop3Replies.NO_SUCH_MESSAGE);
    }

    private Pop3Reply content(int number, long bodyLines, int slice) {
        Optional<Maildrop.Message> message = drop.message(number);
        if (message.isEmpty()) {
            return Pop3Replies.NO_SUCH_MESSAGE;
        }
        MessageSlices slices = new MessageSlices(endpoints, drop.maildrop(), message.get(), slice, keepLease);
        return switch (slices.begin(utf8)) {
            case READY -> new Pop3Reply.Content(Pop3Reply.Status.ok(Phrase.OCTETS, slices.size()), slices, bodyLines);
            case GONE -> Pop3Replies.REMOVED;
            case NEEDS_UTF8 -> Pop3Replies.NEEDS_UTF8;
        };
    }
}
