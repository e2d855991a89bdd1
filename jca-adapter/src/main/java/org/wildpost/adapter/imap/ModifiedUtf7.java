// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How mailbox names travel to clients that did not ask for UTF-8 (RFC 3501 §5.1.3). */
final class ModifiedUtf7 {
    private ModifiedUtf7() {}

    /** The name in printable ASCII. */
    static String encode(String name) {
        StringBuilder out = new StringBuilder(name.length());
        int i = 0;
        while (i < name.length()) {
            char c = name.charAt(i);
            if (c == '&') {
                out.append("&-");
                i++;
            } else if (isPrintable(c)) {
                out.append(c);
                i++;
            } else {
                int end = i;
                while (end < name.length() && !isPrintable(name.charAt(end))) {
                    end++;
                }
                byte[] utf16 = name.substring(i, end).getBytes(StandardCharsets.UTF_16BE);
                String base64 = Base64.getEncoder().withoutPadding().encodeToString(utf16);
                out.append('&').append(base64.replace('/', ',')).append('-');
                i = end;
            }
        }
        return out.toString();
    }

    /** The name in Unicode, or empty when the text is not what {@link #encode} writes: each name has one form, so that none can hide. */
    static Optional<String> decode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '&') {
                out.append(c);
                i++;
                continue;
            }
            int end = text.indexOf('-', i);
            if (end < 0) {
                return Optional.empty();
            }
            String base64 = text.substring(i + 1, end);
            try {
                out.append(base64.isEmpty() ? "&" : utf16(base64));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
            i = end + 1;
        }
        String name = out.toString();
        return encode(name).equals(text) ? Optional.of(name) : Optional.empty();
    }

    private static String utf16(String base64) {
        return new String(Base64.getDecoder().decode(base64.replace(',', '/')), StandardCharsets.UTF_16BE);
    }

    private static boolean isPrintable(char c) {
        return c >= 0x20 && c <= 0x7e;
    }
}
