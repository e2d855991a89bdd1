// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.search;

import java.util.LinkedHashSet;
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
 */
public record MessageWords(Set<String> header, Set<String> body) {
    /** Different words of one message that are indexed; what follows is not found by them. */
    public static final int MOST = 50_000;

    /** Octets of one part, as transferred, whose words are indexed. */
    public static final int MAX_PART_OCTETS = 2 * 1024 * 1024;

    public MessageWords {
        header = Set.copyOf(header);
        body = Set.copyOf(body);
    }

    /** Reads a message. */
    public static MessageWords of(MessageOctets message) {
        Set<String> header = new LinkedHashSet<>();
        Set<String> body = new LinkedHashSet<>();
        MimePart root = message.structure();
        fields(message, root, header);
        part(message, root, body);
        return new MessageWords(header, body);
    }

    private static void fields(MessageOctets message, MimePart part, Set<String> words) {
        for (HeaderFields.Field field : ContentSearch.header(message, part).fields()) {
            Words.collect(field.name(), MOST, words);
            Words.collect(EncodedWords.decode(field.value()), MOST, words);
            if (field.value().contains("=?")) {
                Words.collect(field.value(), MOST, words);
            }
        }
    }

    private static void part(MessageOctets message, MimePart part, Set<String> words) {
        ContentSearch.attachmentNames(part).forEach(name -> Words.collect(name, MOST, words));
        for (MimePart child : part.children()) {
            if (part.isMessage()) {
                fields(message, child, words);
            }
            part(message, child, words);
        }
        if (part.children().isEmpty() && part.type().equals("text") && words.size() < MOST) {
            byte[] raw = message.octets(part.bodyOffset(), (int) Math.min(part.bodyLength(), MAX_PART_OCTETS));
            Words.collect(PartText.decode(part, raw), MOST, words);
        }
    }
}
