// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.util.regex.Pattern;

/** Makes the line that lists show under the subject (RFC 8970 §3). */
final class Preview {
    private static final Pattern INVISIBLE =
            Pattern.compile("(?is)<(script|style|head|title)\\b.*?(</\\1\\s*>|$)|<!--.*?(-->|$)");
    private static final Pattern TAG = Pattern.compile("(?s)<[^<>]*(>|$)");
    private static final Pattern ENTITY =
            Pattern.compile("&(nbsp|amp|lt|gt|quot|apos|#39|#160|zwnj|#8204|#847|shy|#173);");

    private Preview() {}

    static String ofPlain(String text) {
        return line(text);
    }

    static String ofHtml(String html) {
        String visible = TAG.matcher(INVISIBLE.matcher(html).replaceAll(" ")).replaceAll(" ");
        return line(ENTITY.matcher(visible)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(character(match.group(1)))));
    }

    private static String character(String entity) {
        return switch (entity) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "apos", "#39" -> "'";
            case "nbsp", "#160" -> " ";
            // Senders fill up the preview with characters that nobody sees.
            default -> "";
        };
    }

    /** One line, white space and control characters collapsed, cut between code points. */
    private static String line(String text) {
        StringBuilder line = new StringBuilder(MessageIndex.PREVIEW_LENGTH);
        boolean blank = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
                blank = true;
            } else if (Character.getType(c) != Character.FORMAT && Character.getType(c) != Character.SURROGATE) {
                int needed = Character.charCount(c) + (blank && !line.isEmpty() ? 1 : 0);
                if (line.length() + needed > MessageIndex.PREVIEW_LENGTH) {
                    break;
                }
                if (blank && !line.isEmpty()) {
                    line.append(' ');
                }
                blank = false;
                line.appendCodePoint(c);
            }
        }
        return line.toString();
    }
}
