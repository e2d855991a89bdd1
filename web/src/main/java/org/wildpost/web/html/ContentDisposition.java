// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.html;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Writes the header that makes a browser save a file and never show it (RFC 6266 §4). */
public final class ContentDisposition {
    private ContentDisposition() {}

    /** The field's value, with a name for old clients and the true one in UTF-8 (RFC 6266 §5). */
    public static String attachment(String fileName) {
        String ascii = fileName.replaceAll("[^A-Za-z0-9 ._()-]", "_");
        String encoded = URLEncoder.encode(fileName, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }
}
