// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import java.util.Set;
import org.wildpost.core.mime.EncodedWords;
import org.wildpost.core.mime.HeaderFields;
import org.wildpost.core.mime.MimePart;
import org.wildpost.core.mime.PartText;

/**
 * The words of a message: those of its header, and those of its body with the names of its attachments and the headers of messages in it.
 *
 * @param header each once
 * @param body   each once
 * @param whole  whether these are all; else what is not found by them must be looked for in the message
 */
public record MessageWords(Set<String> header, Set<String> body, boolean whole) {
    /** Octets of the words of a header that are indexed, see {@link WordSet}. */
    public static final int HEADER_ROOM = 200_000;

    /** Octets of the words of a body that are indexed; with the header's below the MiB that one row of the index may have. */
    public static final int BODY_ROOM = 800_000;

    /** Octets of one part, as transferred, whose words are indexed. */
    public static final int MAX_PART_OCTETS = 2 * 1024 * 1024;

    public MessageWords {
        header = Set.copyOf(header);
        body = Set.copyOf(body);
    }

    /** Reads a message. */
    public static MessageWords of(MessageOctets message) {
        WordSet header = new WordSet(HEADER_ROOM);
        WordSet body = new WordSet(BODY_ROOM);
        MimePart root = message.structure();
        fields(message, root, header);
        boolean read = part(message, root, body);
        return new MessageWords(header.words(), body.words(), read && header.isWhole() && body.isWhole());
    }

    /** As {@link ContentSearch} looks at them. */
    private static void fields(MessageOctets message, MimePart part, WordSet words) {
        for (HeaderFields.Field field : ContentSearch.header(message, part).fields()) {
            Words.collect(field.name(), words);
            Words.collect(EncodedWords.decode(field.value()), words);
        }
    }

    /** Whether all of its text was read. */
    private static boolean part(MessageOctets message, MimePart part, WordSet words) {
        ContentSearch.attachmentNames(part).forEach(name -> Words.collect(name, words));
        boolean read = true;
        for (MimePart child : part.children()) {
            if (part.isMessage()) {
                fields(message, child, words);
            }
            read &= part(message, child, words);
        }
        if (part.children().isEmpty() && part.type().equals("text") && words.isWhole()) {
            byte[] raw = message.octets(part.bodyOffset(), (int) Math.min(part.bodyLength(), MAX_PART_OCTETS));
            Words.collect(PartText.decode(part, raw), words);
            read &= part.bodyLength() <= MAX_PART_OCTETS;
        }
        return read;
    }
}
