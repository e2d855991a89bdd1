// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.wildpost.core.listener.pop3.Maildrop;

/** A maildrop in the TRANSACTION state: message numbers from 1, and which are marked as deleted (RFC 1939 §5). For one thread. */
final class OpenMaildrop {
    private final Maildrop maildrop;
    private final BitSet deleted = new BitSet();
    private Instant renewed;

    OpenMaildrop(Maildrop maildrop, Instant opened) {
        this.maildrop = maildrop;
        this.renewed = opened;
    }

    Maildrop maildrop() {
        return maildrop;
    }

    /** When the lease was last known to be ours. */
    Instant renewed() {
        return renewed;
    }

    void renewedAt(Instant now) {
        renewed = now;
    }

    /** The message of that number, unless it does not exist or is marked as deleted. */
    Optional<Maildrop.Message> message(int number) {
        boolean there = number >= 1 && number <= maildrop.messages().size() && !deleted.get(number);
        return there ? Optional.of(maildrop.messages().get(number - 1)) : Optional.empty();
    }

    void delete(int number) {
        deleted.set(number);
    }

    void undelete() {
        deleted.clear();
    }

    /** Messages that are not marked. */
    int count() {
        return maildrop.messages().size() - deleted.cardinality();
    }

    /** Octets of the messages that are not marked. */
    long octets() {
        return numbers()
                .mapToLong(number -> maildrop.messages().get(number - 1).size())
                .sum();
    }

    /** A line for each message that is not marked: its number, a blank and what the column says. */
    List<String> lines(Function<Maildrop.Message, Object> column) {
        return numbers()
                .mapToObj(number ->
                        number + " " + column.apply(maildrop.messages().get(number - 1)))
                .toList();
    }

    long[] deletedUids() {
        return deleted.stream()
                .mapToLong(number -> maildrop.messages().get(number - 1).uid())
                .toArray();
    }

    private IntStream numbers() {
        return IntStream.rangeClosed(1, maildrop.messages().size()).filter(number -> !deleted.get(number));
    }
}
