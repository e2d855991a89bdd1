// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.session;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page that somebody asked for before the login; only a path of this site, never a way to another. */
public final class LocalPath {
    /** Where a login leads when nothing was asked for. */
    public static final String HOME = "/mail/list";

    private static final Pattern PATH = Pattern.compile("/(mail|admin)/[a-z/]+(\\?[A-Za-z0-9=&%._-]*)?");

    private LocalPath() {}

    /** The path itself when it is one of our pages, else {@link #HOME}. */
    public static String of(@Nullable String asked) {
        if (asked == null || asked.length() > 500 || asked.contains("//") || asked.startsWith("/mail/content")) {
            return HOME;
        }
        return PATH.matcher(asked).matches() ? asked : HOME;
    }
}
