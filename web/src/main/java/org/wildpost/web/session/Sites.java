// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.session;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a browser says that a request comes from, in a header field that pages cannot set. */
public final class Sites {
    /** The header field. */
    public static final String FIELD = "Sec-Fetch-Site";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private Sites() {}

    /** Whether the page of another site sent it; a client that does not say is no browser, or an old one. */
    public static boolean isForeign(@Nullable String fetchSite) {
        return fetchSite != null && !fetchSite.equals("same-origin") && !fetchSite.equals("none");
    }

    /** Whether the page of another site wants to change something here. */
    public static boolean mayNot(String method, @Nullable String fetchSite) {
        return !READING.contains(method) && isForeign(fetchSite);
    }
}
