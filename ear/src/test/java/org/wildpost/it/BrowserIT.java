// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A person at a browser. Screenshots of every page lie in the build folder afterwards. */
@ExtendWith(DemoServer.class)
class BrowserIT {
    private static final int UPLOAD_MILLIS = 30_000;
    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;

    private static @Nullable Chromium chromium;

    @TempDir
    private Path folder;

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
    void readsWhatSmtpBrought(Instance server) throws IOException {
        String token = "browser-" + UUID.randomUUID();
        try (BrowserContext context = context(server, 1280, 800)) {
            Page page = Chromium.loggedIn(context, "alice@demo.test");
            try (SmtpSender sender = new SmtpSender(server.port(25))) {
                sender.send("alice@demo.test", token);
            }
            Locator line = page.getByText(token);
            // The page looks for news every few seconds.
            assertThat(line).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(15_000));
            Chromium.shot(page, "mail-list");
            line.click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(token)))
                    .isVisible();
            assertThat(page.getByText("some text").first()).isVisible();
            Chromium.shot(page, "mail-read");
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
            Page page = Chromium.loggedIn(context, "alice@demo.test");
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
            Page page = Chromium.loggedIn(context, "alice@demo.test");
            page.getByText("Write").first().click();
            page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill("bob@demo.test");
            page.getByLabel("Subject").fill(token);
            page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true))
                    .fill("Grüße, 你好");
            page.locator("input[type=file]").setInputFiles(file);
            assertThat(page.locator(".wp-files").getByText("numbers.csv")).isVisible();
            Chromium.shot(page, "mail-write");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))
                    .click();
            assertThat(page.getByText("Message sent.")).isVisible();
        }
        try (BrowserContext context = context(server, PHONE_WIDTH, PHONE_HEIGHT)) {
            Page page = Chromium.loggedIn(context, "bob@demo.test");
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
            Chromium.shot(page, "mail-read-phone");
            page.getByText("Reply", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.getByLabel("Subject")).hasValue("Re: " + token);
            assertThat(page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true)))
                    .isFocused();
            Chromium.shot(page, "mail-write-phone");
            page.goBack();
            page.getByText("Forward", new Page.GetByTextOptions().setExact(true))
                    .click();
            assertThat(page.getByLabel("Subject")).hasValue("Fwd: " + token);
            assertThat(page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)))
                    .isFocused();
            assertThat(page.locator(".wp-files").getByText("numbers.csv")).isVisible();
            page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill("alice@demo.test");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))
                    .click();
            assertThat(page.getByText("Message sent.")).isVisible();
        }
        arrives(server, "Fwd: " + token, "numbers.csv");
    }

    /** Whether alice has a letter with a file, as a mail client sees it. */
    private static void arrives(Instance server, String subject, String file) throws IOException {
        try (ImapWire session = new ImapWire(server, "alice@demo.test")) {
            session.command("EXAMINE INBOX");
            String found = session.command("SEARCH SUBJECT \"" + subject + "\"").getFirst();
            Assertions.assertThat(found).matches("\\* SEARCH \\d+");
            String number = found.substring(found.lastIndexOf(' ') + 1);
            Assertions.assertThat(session.command("FETCH " + number + " BODYSTRUCTURE"))
                    .anyMatch(line -> line.contains("\"" + file + "\""));
        }
    }

    @Test
    void saysWhoCannotBeReached(Instance server) {
        try (BrowserContext context = context(server, 1280, 800)) {
            Page page = Chromium.loggedIn(context, "alice@demo.test");
            page.navigate(Chromium.address(server, "/mail/write"));
            page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill("nobody@demo.test");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send"))
                    .click();
            assertThat(page.getByRole(AriaRole.ALERT).getByText("nobody@demo.test There is no such mailbox here."))
                    .isVisible();
            page.getByText("中文").click();
            page.getByLabel("收件人", new Page.GetByLabelOptions().setExact(true)).fill("nobody@demo.test, <oops");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("发送"))
                    .click();
            assertThat(page.getByText("这不是邮箱地址：<oops")).isVisible();
            page.getByLabel("收件人", new Page.GetByLabelOptions().setExact(true)).fill("nobody@demo.test");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("发送"))
                    .click();
            assertThat(page.getByRole(AriaRole.ALERT).getByText("nobody@demo.test 这里没有此邮箱。"))
                    .isVisible();
        }
    }

    @Test
    void saysThatAFileIsTooLargeForALetterAndForTheServer(Instance server) throws IOException {
        try (BrowserContext context = context(server, 1280, 800)) {
            Page page = Chromium.loggedIn(context, "alice@demo.test");
            page.navigate(Chromium.address(server, "/mail/write"));
            Path file = folder.resolve("large.bin");
            for (int megabytes : new int[] {40, 80}) {
                try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
                    large.setLength(megabytes * 1024L * 1024);
                }
                page.locator("input[type=file]").setInputFiles(file);
                // The server hears all of it before it says so.
                assertThat(page.getByText(megabytes == 40 ? "large.bin does not fit" : "The file did not arrive."))
                        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(UPLOAD_MILLIS));
            }
            assertThat(page.locator(".wp-files li")).hasCount(0);
        }
    }

    @Test
    void keepsADraftInOnePieceAndSendsIt(Instance server) {
        String token = "draft-" + UUID.randomUUID();
        try (BrowserContext context = context(server, 1280, 800)) {
            Page page = Chromium.loggedIn(context, "alice@demo.test");
            page.keyboard().press("c");
            page.waitForURL("**/mail/write*");
            page.keyboard().type("bob@demo.test");
            page.getByLabel("Bcc").fill("alice@demo.test");
            page.getByLabel("Subject").fill(token);
            Locator text = page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true));
            for (String said : new String[] {"first", "second"}) {
                text.fill(said);
                page.waitForResponse(
                        "**/mail/write*", () -> page.getByText("Save draft").click());
                assertThat(page.getByText("Draft saved.").last()).isVisible();
            }
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Drafts"))
                    .click();
            assertThat(page.getByText(token)).hasCount(1);
            page.getByText(token).click();
            assertThat(text).hasValue("second");
            assertThat(page.getByLabel("Bcc")).hasValue("alice@demo.test");
            page.keyboard().press("Control+Enter");
            assertThat(page.getByText("Message sent.")).isVisible();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Drafts"))
                    .click();
            assertThat(page.getByText("Nothing here.")).isVisible();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sent"))
                    .click();
            assertThat(page.getByText(token)).isVisible();
        }
    }

    @Test
    void sortsMailByTheKeyboardAlone(Instance server) throws IOException {
        String token = "keys-" + UUID.randomUUID();
        try (SmtpSender sender = new SmtpSender(server.port(25))) {
            sender.send("bob@demo.test", token);
        }
        try (BrowserContext context = context(server, 1280, 800)) {
            Page page = Chromium.loggedIn(context, "bob@demo.test");
            page.keyboard().press("j");
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(token)))
                    .isFocused();
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(token)))
                    .isVisible();
            page.keyboard().press("s");
            assertThat(page.getByTitle("Remove star")).isVisible();
            page.keyboard().press("u");
            page.waitForURL("**/mail/list*");
            assertThat(page.locator("tr:has-text('" + token + "') .wp-star.is-on"))
                    .isVisible();
            page.keyboard().press("j");
            page.keyboard().press("x");
            assertThat(page.locator("tr.ui-state-highlight:has-text('" + token + "')"))
                    .isVisible();
            page.keyboard().press("#");
            assertThat(page.getByText("Message deleted.")).isVisible();
            assertThat(page.getByText(token)).hasCount(0);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Trash"))
                    .click();
            assertThat(page.getByText(token)).isVisible();
        }
    }

    @Test
    void administersDomainsAndAccounts(Instance server) {
        String domain = "d" + UUID.randomUUID().toString().substring(0, 8) + ".test";
        try (BrowserContext context = context(server, 1280, 800)) {
            Page page = Chromium.loggedIn(context, "admin@demo.test");
            page.navigate(Chromium.address(server, "/admin/domains/list"));
            assertThat(page.getByText("demo.test").first()).isVisible();
            Chromium.shot(page, "admin-domains");
            page.navigate(Chromium.address(server, "/admin/accounts/list"));
            assertThat(page.getByText("alice@demo.test")).isVisible();
            Chromium.shot(page, "admin-accounts");
            page.navigate(Chromium.address(server, "/admin/domains/edit"));
            Chromium.shot(page, "admin-domain-edit");
            page.getByLabel("Domain name").fill(domain);
            create(page, "**/admin/domains/list*");
            assertThat(page.getByText(domain).first()).isVisible();
            page.navigate(Chromium.address(server, "/admin/accounts/edit"));
            Chromium.shot(page, "admin-account-edit");
            page.locator("input[type=email]").fill("carol@" + domain);
            page.locator("input[type=password]").first().fill("a-good-password");
            create(page, "**/admin/accounts/list*");
            assertThat(page.getByText("carol@" + domain).first()).isVisible();
            changesAndDeletes(page, server, "carol@" + domain);
        }
    }

    /** Gives a new password, disables, and deletes what is named by hand. */
    private static void changesAndDeletes(Page page, Instance server, String email) {
        page.locator("input[type=search]").fill("carol@");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(email))
                .click();
        page.locator("input[type=password]").fill("short");
        page.getByText("Set password").click();
        assertThat(page.getByText("Password: this is too short")).isVisible();
        page.locator("input[type=password]").fill("another-password");
        page.getByText("Set password").click();
        assertThat(page.getByText("Password set.")).isVisible();
        page.getByText("Active: may log in").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save"))
                .click();
        page.waitForURL("**/admin/accounts/list*");
        assertThat(page.locator("tr:has-text('" + email + "')").getByText("Disabled"))
                .isVisible();
        page.navigate(Chromium.address(server, "/admin/accounts/edit?account=" + email));
        Locator delete = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Delete"));
        page.getByLabel("to confirm").fill("alice@demo.test");
        delete.click();
        assertThat(page.getByText("Nothing was deleted")).isVisible();
        page.getByLabel("to confirm").fill(email);
        delete.click();
        page.waitForURL("**/admin/accounts/list*");
        assertThat(page.getByText("Account " + email + " deleted.")).isVisible();
    }

    @Test
    void keepsOwnersOutOfAdministrationAndStrangersOutOfMail(Instance server) {
        try (BrowserContext context = context(server, 1280, 800)) {
            Page page = context.newPage();
            page.navigate(Chromium.address(server, "/mail/list"));
            assertThat(page.getByLabel("E-mail address")).isVisible();
            Chromium.shot(page, "login");
            page.getByLabel("E-mail address").fill("alice@demo.test");
            page.locator("input[type=password]").fill("wrong password");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                    .click();
            assertThat(page.getByLabel("E-mail address")).isVisible();
            Page other = Chromium.loggedIn(context, "alice@demo.test");
            Assertions.assertThat(other.navigate(Chromium.address(server, "/admin/accounts/list"))
                            .status())
                    .isEqualTo(403);
            Chromium.shot(other, "forbidden");
        }
    }

    @Test
    void speaksChineseInTheDarkOnAPhone(Instance server) {
        try (BrowserContext context = context(server, PHONE_WIDTH, PHONE_HEIGHT)) {
            Page page = Chromium.loggedIn(context, "bob@demo.test");
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
            Chromium.shot(page, "mail-list-phone-dark-chinese");
        }
    }

    /** Presses the button and waits for the list that it leads to. */
    private static void create(Page page, String list) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create"))
                .click();
        page.waitForURL(list);
    }

    private static BrowserContext context(Instance server, int width, int height) {
        return Objects.requireNonNull(chromium).person(server, width, height);
    }
}
