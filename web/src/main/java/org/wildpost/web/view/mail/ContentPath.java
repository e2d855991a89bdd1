// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which octets a browser asks for: {@code /<folder>/<uid>/html}, {@code .../source} or {@code .../part/<number>}.
 *
 * @param part the part's number, empty for the other two
 */
record ContentPath(long folder, long uid, Kind kind, String part) {
    enum Kind {
        HTML,
        SOURCE,
        PART
    }

    private static final Pattern PATH =
            Pattern.compile("/([0-9]{1,18})/([0-9]{1,10})/(html|source|part/([0-9]{1,4}(?:\\.[0-9]{1,4}){0,99}))");

    static Optional<ContentPath> parse(@Nullable String path) {
        Matcher matcher = PATH.matcher(path == null ? "" : path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String part = matcher.group(4);
        Kind kind = part != null ? Kind.PART : matcher.group(3).equals("html") ? Kind.HTML : Kind.SOURCE;
        return Optional.of(new ContentPath(
                Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)), kind, part == null ? "" : part));
    }
}
