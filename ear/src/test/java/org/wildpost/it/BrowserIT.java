// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A person at a browser: Debian's chromium, driven by Playwright. Screenshots of every page lie in the build folder afterwards. */
@ExtendWith(DemoServer.class)
class BrowserIT {
    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;

    private static Playwright playwright;
    private static Browser browser;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBrowser() {
        Path chromium = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser").stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(""));
        Assumptions.assumeTrue(
                Files.isExecutable(chromium) && !chromium.toString().isEmpty(), "chromium is not installed");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(java.util.Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of(
                                "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    @AfterAll
    static void stopBrowser() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @Test
    void readsWhatSmtpBrought(Instance server) throws IOException {
        String token = "browser-" + UUID.randomUUID();
        try (BrowserContext context = context(server, 1280, 800)) {
            Page page = loggedIn(context, "alice@demo.test");
            try (SmtpSender sender = new SmtpSender(server.port(25))) {
                sender.send("alice@demo.test", token);
            }
            Locator line = page.getByText(token);
            // The page looks for news every few seconds.
            assertThat(line).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(15_000));
            shot(page, "mail-list");
            line.click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(token)))
                    .isVisible();
            assertThat(page.getByText("some text").first()).isVisible();
            shot(page, "mail-read");
        }
    }

    /** RFC 2177: what a person reads in the browser, a mail client in IDLE hears. */
    @Test
    void tellsAMailClientWhatWasRead(Instance server) throws IOException {
        String token = "idle-" + UUID.randomUUID();
        try (ImapWire idle = new ImapWire(server, "alice@demo.test");
                BrowserContext context = context(server, 1280, 800);
                SmtpSender sender = new SmtpSender(server.port(25))) {
            sender.send("alice@demo.test", token);
            idle.command("SELECT INBOX");
            Page page = loggedIn(context, "alice@demo.test");
            idle.send("i IDLE\r\n");
            page.getByText(token).click();
            // Fails by its own timeout when nothing comes.
            idle.await(line -> line.contains(" FETCH ") && line.contains("\\Seen"));
        }
    }

    @Test
    void sendsAnAttachmentAndAnswers(Instance server) throws IOException {
        String token = "letter-" + UUID.randomUUID();
        Path file = Files.writeString(folder.resolve("numbers.csv"), "one,two\n");
        try (BrowserContext context = context(server, 1280, 800)) {
            Page page = loggedIn(context, "alice@demo.test");
            page.getByText("Write").first().click();
            page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill("bob@demo.test");
            page.getByLabel("Subject").fill(token);
            page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true))
                    .fill("Grüße, 你好");
            page.locator("input[type=file]").setInputFiles(file);
            assertThat(page.locator(".wp-files").getByText("numbers.csv")).isVisible();
            shot(page, "mail-write");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))
                    .click();
            assertThat(page.getByText("Message sent.")).isVisible();
        }
        try (BrowserContext context = context(server, PHONE_WIDTH, PHONE_HEIGHT)) {
            Page page = loggedIn(context, "bob@demo.test");
            page.getByText(token).click();
            assertThat(page.getByText("Grüße, 你好")).isVisible();
            Download download =
                    page.waitForDownload(() -> page.getByText("numbers.csv").click());
            try (var content = download.createReadStream()) {
                Assertions.assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("one,two\n");
            }
            Assertions.assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .as("fits a phone")
                    .isLessThanOrEqualTo(PHONE_WIDTH);
            shot(page, "mail-read-phone");
            page.getByText("Reply", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.getByLabel("Subject")).hasValue("Re: " + token);
            shot(page, "mail-write-phone");
        }
    }

    @Test
    void saysWhoCannotBeReached(Instance server) {
        try (BrowserContext context = context(server, 1280, 800)) {
            Page page = loggedIn(context, "alice@demo.test");
            page.navigate(address(server, "/mail/write"));
            page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill("nobody@demo.test");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))
                    .click();
            assertThat(page.getByRole(AriaRole.ALERT).getByText("nobody@demo.test"))
                    .isVisible();
        }
    }

    @Test
    void administersDomainsAndAccounts(Instance server) {
        String domain = "d" + UUID.randomUUID().toString().substring(0, 8) + ".test";
        try (BrowserContext context = context(server, 1280, 800)) {
            Page page = loggedIn(context, "admin@demo.test");
            page.navigate(address(server, "/admin/domains/list"));
            assertThat(page.getByText("demo.test").first()).isVisible();
            shot(page, "admin-domains");
            page.navigate(address(server, "/admin/accounts/list"));
            assertThat(page.getByText("alice@demo.test")).isVisible();
            shot(page, "admin-accounts");
            page.navigate(address(server, "/admin/domains/edit"));
            shot(page, "admin-domain-edit");
            page.getByLabel("Domain").fill(domain);
            create(page, "**/admin/domains/list*");
            assertThat(page.getByText(domain).first()).isVisible();
            page.navigate(address(server, "/admin/accounts/edit"));
            shot(page, "admin-account-edit");
            page.locator("input[type=email]").fill("carol@" + domain);
            page.locator("input[type=password]").first().fill("a-good-password");
            create(page, "**/admin/accounts/list*");
            assertThat(page.getByText("carol@" + domain).first()).isVisible();
        }
    }

    @Test
    void keepsOwnersOutOfAdministrationAndStrangersOutOfMail(Instance server) {
        try (BrowserContext context = context(server, 1280, 800)) {
            Page page = context.newPage();
            page.navigate(address(server, "/mail/list"));
            assertThat(page.getByLabel("E-mail address")).isVisible();
            shot(page, "login");
            page.getByLabel("E-mail address").fill("alice@demo.test");
            page.locator("input[type=password]").fill("wrong password");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                    .click();
            assertThat(page.getByLabel("E-mail address")).isVisible();
            Page other = loggedIn(context, "alice@demo.test");
            Assertions.assertThat(other.navigate(address(server, "/admin/accounts/list"))
                            .status())
                    .isEqualTo(403);
            shot(other, "forbidden");
        }
    }

    @Test
    void speaksChineseInTheDarkOnAPhone(Instance server) {
        try (BrowserContext context = context(server, PHONE_WIDTH, PHONE_HEIGHT)) {
            Page page = loggedIn(context, "bob@demo.test");
            page.getByText("中文").click();
            page.getByTitle("浅色或深色")
                    .or(page.locator(".pi-moon").locator(".."))
                    .first()
                    .click();
            assertThat(page.getByText("收件箱").first()).isAttached();
            Assertions.assertThat(page.locator("html").getAttribute("data-theme"))
                    .isEqualTo("dark");
            Assertions.assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .as("fits a phone")
                    .isLessThanOrEqualTo(PHONE_WIDTH);
            shot(page, "mail-list-phone-dark-chinese");
        }
    }

    /** Presses the button and waits for the list that it leads to. */
    private static void create(Page page, String list) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create"))
                .click();
        page.waitForURL(list);
    }

    private static BrowserContext context(Instance server, int width, int height) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setIgnoreHTTPSErrors(true)
                .setLocale("en-GB")
                .setViewportSize(width, height)
                .setBaseURL(address(server, "/")));
        context.setDefaultTimeout(15_000);
        return context;
    }

    private static Page loggedIn(BrowserContext context, String address) {
        Page page = context.newPage();
        page.navigate("/login");
        page.getByLabel("E-mail address").fill(address);
        page.locator("input[type=password]").fill("wildpost");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
        page.waitForURL("**/mail/list*");
        return page;
    }

    private static String address(Instance server, String path) {
        return "https://127.0.0.1:" + server.port(8443) + path;
    }

    private static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(System.getProperty("wildpost.it.work"), "screenshots", name + ".png")));
    }
}
