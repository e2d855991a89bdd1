// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.html;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.owasp.html.AttributePolicy;
import org.owasp.html.CssSchema;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Turns the HTML of a message, which an enemy may have written, into HTML that may be shown: no script, no form, no frame, no style sheet, nothing
 * fetched from elsewhere unless asked for. It is the first of three walls; the sandboxed frame and its policy are the others.
 * Without state; safe for many threads.
 */
public final class HtmlSanitizer {
    /** Whether pictures from elsewhere may be fetched, which tells their sender that the mail was opened. */
    public enum RemoteImages {
        BLOCKED,
        SHOWN
    }

    /**
     * @param html          safe to show
     * @param blockedImages whether something from elsewhere was left out
     */
    public record Result(String html, boolean blockedImages) {}

    private static final Pattern LINK = Pattern.compile("(?i)^(https?|mailto):.*", Pattern.DOTALL);
    private static final Pattern INLINE_IMAGE =
            Pattern.compile("(?i)^data:image/(png|jpeg|jpg|gif|webp);base64,[a-z0-9+/=\\s]*$");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,4}(%|px)?");
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,30}");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z-]{1,20}");
    private static final Pattern TEXT = Pattern.compile("[^<>]{0,500}");

    private static final String[] BLOCKS = {
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "hr",
        "br",
        "center",
        "address",
        "article",
        "section",
        "header",
        "footer",
        "main",
        "figure",
        "figcaption",
        "details",
        "summary"
    };
    private static final String[] INLINES = {
        "b", "i", "u", "s", "em", "strong", "small", "big", "sub", "sup", "span", "font", "code", "tt", "kbd", "samp",
        "var", "cite", "q", "abbr", "del", "ins", "strike", "mark", "dfn", "bdi", "bdo", "wbr"
    };
    private static final String[] TABLES = {
        "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"
    };

    /** Without layers: what floats above the page could pretend to be part of ours. */
    private static final CssSchema STYLES = CssSchema.union(
            CssSchema.DEFAULT, CssSchema.withProperties(List.of("display", "max-width", "min-width", "max-height")));

    /**
     * @param html     as it came
     * @param images   whether pictures may be fetched
     * @param pictures the address under which a picture of the message itself is shown, by its Content-ID (RFC 2392); null when there is none
     */
    public Result sanitize(String html, RemoteImages images, Function<String, @Nullable String> pictures) {
        AtomicBoolean blocked = new AtomicBoolean();
        AttributePolicy source = (element, attribute, value) -> {
            String address = value.strip();
            if (address.regionMatches(true, 0, "cid:", 0, 4)) {
                return pictures.apply(address.substring(4));
            }
            if (INLINE_IMAGE.matcher(address).matches()) {
                return address;
            }
            String lower = address.toLowerCase(Locale.ROOT);
            boolean remote = lower.startsWith("https://") || lower.startsWith("http://");
            if (remote && images == RemoteImages.SHOWN) {
                return address;
            }
            if (remote) {
                blocked.set(true);
            }
            return null;
        };
        return new Result(policy(source).sanitize(html), blocked.get());
    }

    private static PolicyFactory policy(AttributePolicy imageSource) {
        return new HtmlPolicyBuilder()
                .allowElements(BLOCKS)
                .allowElements(INLINES)
                .allowElements(TABLES)
                .allowElements("img")
                .allowElements(
                        (element, attributes) -> {
                            if (attributes.contains("href")) {
                                attributes.addAll(List.of("target", "_blank"));
                            }
                            return element;
                        },
                        "a")
                .allowWithoutAttributes("a", "span", "font")
                .allowUrlProtocols("http", "https", "mailto", "cid", "data")
                .allowAttributes("href")
                .matching(LINK)
                .onElements("a")
                .requireRelsOnLinks("noopener", "noreferrer", "nofollow")
                .allowAttributes("src")
                .matching(imageSource)
                .onElements("img")
                .allowAttributes("alt", "title", "summary")
                .matching(TEXT)
                .globally()
                .allowAttributes(
                        "width", "height", "border", "cellpadding", "cellspacing", "colspan", "rowspan", "size")
                .matching(SIZE)
                .globally()
                .allowAttributes("bgcolor", "color")
                .matching(COLOUR)
                .globally()
                .allowAttributes("align", "valign", "dir", "lang")
                .matching(WORD)
                .globally()
                .allowStyling(STYLES)
                .toFactory();
    }
}
