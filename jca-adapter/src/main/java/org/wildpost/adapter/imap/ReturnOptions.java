// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client wants to be told of a result (RFC 9051 §6.4.4, RFC 4731 §3.1).
 *
 * @param extended whether RETURN was written, so that the answer is an ESEARCH response
 * @param partial  which part of the result PARTIAL asks for
 * @param items    what UPDATE wants to hear of new messages (RFC 5465 §7)
 */
record ReturnOptions(boolean extended, Set<Option> options, Optional<PartialRange> partial, List<FetchItem> items) {
    /** The options and who defines them. */
    enum Option {
        /** RFC 4731 §3.1. */
        MIN,
        MAX,
        ALL,
        COUNT,
        /** RFC 5182 §2.1. */
        SAVE,
        /** RFC 5267 §4.2, a hint. */
        CONTEXT,
        /** RFC 5267 §4.3. */
        UPDATE,
        /** RFC 9394 §3.1. */
        PARTIAL,
        /** RFC 6203 §4. */
        RELEVANCY
    }

    /** As before there were options. */
    static final ReturnOptions NONE = new ReturnOptions(false, Set.of(), Optional.empty(), List.of());

    /** RETURN (), which is RETURN (ALL). */
    static final ReturnOptions ALL = new ReturnOptions(true, EnumSet.of(Option.ALL), Optional.empty(), List.of());

    ReturnOptions {
        options = Set.copyOf(options);
        items = List.copyOf(items);
    }

    boolean has(Option option) {
        return options.contains(option);
    }

    /** Whether SAVE stands alone, so that nothing is told (RFC 5182 §1). */
    boolean isSilent() {
        return has(Option.SAVE)
                && options.stream().allMatch(o -> o == Option.SAVE || o == Option.CONTEXT || o == Option.UPDATE);
    }

    /** search-return-opts = "RETURN" SP "(" [search-return-opt *(SP search-return-opt)] ")", then a space; none when it does not stand here. */
    static ReturnOptions read(Cursor in) throws ImapParseException {
        if (!in.acceptWord("RETURN ")) {
            return NONE;
        }
        in.expect('(');
        Set<Option> options = EnumSet.noneOf(Option.class);
        Optional<PartialRange> partial = Optional.empty();
        List<FetchItem> items = List.of();
        while (!in.accept(')')) {
            Option option = option(in);
            if (!options.add(option)) {
                throw in.error(option + " stands twice");
            }
            if (option == Option.PARTIAL) {
                in.space();
                partial = Optional.of(PartialRange.read(in));
            }
            nextOrEnd(in);
            if (option == Option.UPDATE && in.peek() == '(') {
                items = new FetchParser(in).items();
                nextOrEnd(in);
            }
        }
        if (options.contains(Option.ALL) && options.contains(Option.PARTIAL)) {
            throw in.error("either ALL or PARTIAL");
        }
        in.space();
        return options.isEmpty() ? ALL : new ReturnOptions(true, options, partial, items);
    }

    private static void nextOrEnd(Cursor in) throws ImapParseException {
        if (in.peek() != ')') {
            in.space();
        }
    }

    private static Option option(Cursor in) throws ImapParseException {
        String word = in.keyword();
        for (Option option : Option.values()) {
            if (option.name().equals(word)) {
                return option;
            }
        }
        throw in.error("this option of RETURN is not offered");
    }
}
