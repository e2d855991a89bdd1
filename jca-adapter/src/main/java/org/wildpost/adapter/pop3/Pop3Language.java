// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The languages of reply texts (RFC 6856 §3), with the tag and the name in the language itself that LANG lists. */
enum Pop3Language {
    ENGLISH("en", "English"),
    CHINESE("zh-Hans", "简体中文"),
    /** What a session speaks until another one is chosen; plain English (RFC 2277 §4.5). */
    DEFAULT("i-default", "Default language");

    /** Asks for what the server prefers (RFC 6856 §3.2). */
    private static final String ANY = "*";

    /** Tags in lower case whose readers are served. */
    private static final Map<String, Pop3Language> READERS = Map.of(
            "en", ENGLISH,
            "zh", CHINESE,
            "zh-hans", CHINESE,
            "zh-cn", CHINESE,
            "zh-sg", CHINESE,
            "zh-my", CHINESE,
            "cmn", CHINESE,
            "cmn-hans", CHINESE,
            "i-default", DEFAULT);

    private final String tag;
    private final String title;

    Pop3Language(String tag, String title) {
        this.tag = tag;
        this.title = title;
    }

    /** The tag that a reply names. */
    String tag() {
        return tag;
    }

    /** A line for each language. */
    static List<String> listing() {
        return Stream.of(values())
                .map(language -> language.tag + " " + language.title)
                .toList();
    }

    /**
     * The language of a tag, of which subtags are cut from the end until one is known (RFC 4647 §3.4). The scripts of Chinese are not taken for each
     * other: who reads {@code zh-TW} may not read ours.
     */
    static Optional<Pop3Language> lookup(String tag) {
        if (tag.equals(ANY)) {
            return Optional.of(ENGLISH);
        }
        String range = tag.toLowerCase(Locale.ROOT);
        while (!range.isEmpty()) {
            Pop3Language found = READERS.get(range);
            boolean bare = range.indexOf('-') < 0;
            if (found != null && (range.length() == tag.length() || !bare || found != CHINESE)) {
                return Optional.of(found);
            }
            range = bare ? "" : range.substring(0, range.lastIndexOf('-'));
        }
        return Optional.empty();
    }
}
