// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Debian's chromium, driven by Playwright; tests that want it are skipped where it is not installed. */
final class Chromium implements AutoCloseable {
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        Path chromium = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser").stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(""));
        Assumptions.assumeTrue(
                Files.isExecutable(chromium) && !chromium.toString().isEmpty(), "chromium is not installed");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium)
                                .setArgs(List.of(
                                        "--headless",
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--disable-background-networking"))));
    }

    /** A person with cookies of their own, before a window of that size. */
    BrowserContext person(Instance server, int width, int height) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setIgnoreHTTPSErrors(true)
                .setLocale("en-GB")
                .setViewportSize(width, height)
                .setBaseURL(address(server, "/")));
        context.setDefaultTimeout(15_000);
        return context;
    }

    /** An account of the demo, logged in. */
    static Page loggedIn(BrowserContext context, String address) {
        Page page = context.newPage();
        page.navigate("/login");
        page.getByLabel("E-mail address").fill(address);
        page.locator("input[type=password]").fill("wildpost");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
        page.waitForURL("**/mail/list*");
        return page;
    }

    static String address(Instance server, String path) {
        return "https://127.0.0.1:" + server.port(8443) + path;
    }

    /** Keeps what the page looks like in the build folder. */
    static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of(System.getProperty("wildpost.it.work"), "screenshots", name + ".png")));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
