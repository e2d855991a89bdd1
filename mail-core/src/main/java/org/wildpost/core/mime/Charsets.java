// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Charsets by the names that mail uses. */
public final class Charsets {
    /** What senders write, and what they mean: the label names a subset of what is there (as browsers read them, WHATWG Encoding §4.2). */
    private static final Map<String, String> MEANT = Map.of(
            "us-ascii", "windows-1252",
            "ascii", "windows-1252",
            "iso-8859-1", "windows-1252",
            "gb2312", "GB18030",
            "gbk", "GB18030",
            "ks_c_5601-1987", "x-windows-949",
            "euc-kr", "x-windows-949",
            "shift_jis", "windows-31j",
            "utf8", "UTF-8",
            "unicode-1-1-utf-7", "UTF-7");

    private Charsets() {}

    /** The charset for a label, or empty when there is none. */
    public static Optional<Charset> named(String label) {
        String name = label.strip().toLowerCase(Locale.ROOT);
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(Charset.forName(MEANT.getOrDefault(name, name)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }
}
