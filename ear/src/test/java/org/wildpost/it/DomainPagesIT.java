// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An administrator at a browser disables a domain and deletes it, which asks for its name. */
@ExtendWith(DemoServer.class)
class DomainPagesIT {
    @Test
    void disablesADomainAndDeletesItByItsNameOnly(Instance server) {
        String domain = "d" + UUID.randomUUID().toString().substring(0, 8) + ".test";
        try (Chromium chromium = Chromium.start();
                BrowserContext context = chromium.person(server, 1280, 800)) {
            Page page = Chromium.loggedIn(context, "admin@demo.test");
            page.navigate(Chromium.address(server, "/admin/domains/edit"));
            page.getByLabel("Domain name").fill(domain);
            press(page, "Create");
            page.waitForURL("**/admin/domains/list*");

            open(page, domain);
            page.getByText("Active: its accounts may log in").click();
            press(page, "Save");
            page.waitForURL("**/admin/domains/list*");
            page.locator("input[type=search]").fill(domain);
            assertThat(page.locator("tr:has-text('" + domain + "')").getByText("Disabled"))
                    .isVisible();

            open(page, domain);
            Locator typed = page.getByLabel("to confirm");
            typed.fill("demo.test");
            press(page, "Delete");
            assertThat(page.getByText("Nothing was deleted")).isVisible();
            typed.fill(domain);
            press(page, "Delete");
            page.waitForURL("**/admin/domains/list*");
            assertThat(page.getByText("Domain " + domain + " deleted.")).isVisible();
        }
    }

    private static void open(Page page, String domain) {
        page.locator("input[type=search]").fill(domain);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(domain))
                .click();
        page.waitForURL("**/admin/domains/edit*");
    }

    private static void press(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button))
                .click();
    }
}
