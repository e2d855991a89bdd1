// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first visit of a new server: it is set up in the browser, once. */
class SetUpIT {
    @TempDir
    private Path folder;

    @Test
    void setsANewServerUpInTheBrowserOnceAndForGood() throws IOException {
        try (Chromium chromium = Chromium.start();
                Instance server = Instance.start(
                        folder.resolve("data"), Instance.freeOffset(), Map.of("WILDPOST_BIND", "127.0.0.1"))) {
            BrowserContext late = chromium.person(server, 390, 844);
            Page tooLate = late.newPage();
            tooLate.navigate("/admin/accounts/list");
            tooLate.waitForURL("**/setup");
            tooLate.getByText("中文").click();
            assertThat(tooLate.getByText("欢迎")).isVisible();
            Chromium.shot(tooLate, "setup-phone-chinese");

            BrowserContext first = chromium.person(server, 1280, 800);
            Page page = first.newPage();
            page.navigate("/");
            page.waitForURL("**/setup");
            Chromium.shot(page, "setup");
            fill(page, "no name", "root", "short");
            assertThat(page.getByText("Name of this server: this is not valid."))
                    .isVisible();
            assertThat(page.getByText("E-mail address: this is not valid.")).isVisible();
            assertThat(page.getByText("Password: this is too short")).isVisible();
            Chromium.shot(page, "setup-refused");
            fill(page, "mx.wildpost.test", "root@wildpost.test", "correct horse");
            page.waitForURL("**/admin/accounts/list*");
            assertThat(page.getByText("The server is set up.")).isVisible();
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("root@wildpost.test")))
                    .isVisible();

            for (int port : new int[] {25, 110, 143}) {
                assertThat(greeting(server.port(port))).as("port " + port).contains(" mx.wildpost.test ");
            }
            page.navigate("/setup");
            page.waitForURL("**/mail/list*");
            fill(tooLate, "evil.test", "root@evil.test", "correct horse");
            tooLate.waitForURL("**/login*");
            page.navigate("/admin/domains/list");
            assertThat(page.getByText("wildpost.test", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            assertThat(page.getByText("evil.test")).hasCount(0);
            assertThat(greeting(server.port(25))).contains(" mx.wildpost.test ");
        }
    }

    private static void fill(Page page, String hostname, String email, String password) {
        page.locator("[id='setup:hostname']").fill(hostname);
        // A page checks by itself what looks like an address; the server must not rely on it.
        page.locator("[id='setup:email']").evaluate("(field) => { field.type = 'text'; }");
        page.locator("[id='setup:email']").fill(email);
        page.locator("input[type=password]").fill(password);
        page.locator("[id='setup:finish']").click();
    }

    private static String greeting(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            return String.valueOf(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine());
        }
    }
}
