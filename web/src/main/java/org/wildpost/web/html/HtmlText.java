// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.html;

import org.owasp.html.HtmlPolicyBuilder;

/** The words of an HTML text, for quoting it in a letter. */
public final class HtmlText {
    private HtmlText() {}

    /** The text with line ends where blocks end; no markup is left. */
    public static String of(String html) {
        String lines = new HtmlPolicyBuilder()
                .allowElements("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")
                .toFactory()
                .sanitize(html.replaceAll("\\s+", " "))
                .replaceAll("(?i)<br ?/?>|</(p|div|li|tr|h[1-6]|blockquote)>", "\n")
                .replaceAll("<[^>]*>", "");
        return unescape(lines)
                .replaceAll("[ \\t]+\n|\n[ \\t]+", "\n")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }

    /** Undoes what the sanitizer escapes; the ampersand last, so that nothing is undone twice. */
    private static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&#43;", "+")
                .replace("&#61;", "=")
                .replace("&#64;", "@")
                .replace("&#96;", "`")
                .replace("&amp;", "&");
    }
}
