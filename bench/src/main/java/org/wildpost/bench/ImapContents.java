// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which message of the corpus stands where in a mailbox, as the server tells it.
 *
 * @param corpus what was put there
 * @param index  numbers in the corpus, by sequence number less 1
 */
record ImapContents(Corpus corpus, int[] index) {
    private static final Pattern NUMBER = Pattern.compile("\\.(\\d+)@mail\\.example\\.org>");

    /** Asks for the Message-IDs of the selected mailbox. */
    static ImapContents read(ImapClient client, Corpus corpus) throws IOException {
        List<Integer> found = new ArrayList<>();
        client.ask("FETCH 1:* (BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])", response -> {
                    Matcher number = NUMBER.matcher(new String(response, StandardCharsets.ISO_8859_1));
                    if (number.find()) {
                        found.add(Integer.parseInt(number.group(1)));
                    }
                })
                .orThrow();
        int[] index = found.stream().mapToInt(Integer::intValue).toArray();
        int[] sorted = index.clone();
        Arrays.sort(sorted);
        if (!Arrays.equals(sorted, all(corpus))) {
            throw new IOException("the mailbox does not hold what was put there: " + index.length + " messages, not "
                    + corpus.messages());
        }
        return new ImapContents(corpus, index);
    }

    private static int[] all(Corpus corpus) {
        return java.util.stream.IntStream.range(0, corpus.messages()).toArray();
    }

    int messages() {
        return index.length;
    }

    /** The number in the corpus of the message with that sequence number. */
    int at(int sequence) {
        return index[sequence - 1];
    }

    /** Numbers in the corpus of all in an answer such as {@code * SEARCH 2 84}. */
    int[] listed(String response) {
        return Arrays.stream(response.split("[ ()]+"))
                .filter(word -> !word.isEmpty() && Character.isDigit(word.charAt(0)))
                .mapToInt(word -> at(Integer.parseInt(word)))
                .toArray();
    }
}
