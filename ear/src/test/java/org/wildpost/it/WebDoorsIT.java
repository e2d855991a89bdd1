// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The web as somebody tries its doors, by curl: who gets where, what is said about it, and what is kept of strangers. */
@ExtendWith(DemoServer.class)
class WebDoorsIT {
    private static final Pattern SESSION = Pattern.compile("(?i)set-cookie: wildpost-session=([^;]+)");
    private static final Pattern STATE = Pattern.compile("jakarta\\.faces\\.ViewState\"[^>]* value=\"([^\"]+)\"");
    private static final Pattern MESSAGE = Pattern.compile("folder=(\\d+)&amp;uid=(\\d+)");

    private final Tool curl = Tool.installed("curl");

    @Test
    void takesPagesOverTlsOnly(Instance server) throws IOException {
        String http = "http://127.0.0.1:" + server.port(8080);
        for (String path : new String[] {"/login", "/mail/list", "/admin/accounts/list", "/"}) {
            assertThat(curl.run("-si", http + path).output())
                    .as(path)
                    .startsWith("HTTP/1.1 302")
                    .contains("Location: https://127.0.0.1:" + server.port(8443) + path)
                    .doesNotContainIgnoringCase("set-cookie");
        }
        assertThat(curl.run("-si", http + "/health/live").output()).startsWith("HTTP/1.1 200");
        assertThat(curl.run("-si", "-u", "admin@demo.test:wildpost", http + "/admin/api/v1/boxes")
                        .output())
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void keepsNothingOfStrangers(Instance server) throws IOException {
        for (String path : new String[] {"/login", "/mail/list", "/.well-known/nothing", "/health/nothing"}) {
            assertThat(get(server, path, "")).as(path).doesNotContainIgnoringCase("set-cookie");
        }
    }

    @Test
    void saysToBrowsersWhatPagesMayDo(Instance server) throws IOException {
        String session = login(server, "alice@demo.test");
        for (String path : new String[] {"/login", "/mail/list", "/nothing"}) {
            assertThat(get(server, path, session))
                    .as(path)
                    .containsIgnoringCase("x-content-type-options: nosniff")
                    .containsIgnoringCase("referrer-policy: no-referrer")
                    .containsIgnoringCase("cache-control: no-store")
                    .contains("frame-ancestors 'none'", "object-src 'none'", "base-uri 'self'");
        }
        assertThat(get(server, "/mail/list", session)).contains("script-src 'self' 'nonce-");
    }

    @Test
    void givesWhoLogsInANewSession(Instance server) throws IOException {
        String prepared = "prepared-by-somebody-else";
        String given = login(server, "bob@demo.test", prepared);

        assertThat(given).isNotEqualTo(prepared);
        assertThat(get(server, "/mail/list", given)).startsWith("HTTP/1.1 200");
        assertThat(get(server, "/mail/list", prepared))
                .startsWith("HTTP/1.1 302")
                .contains("/login");
    }

    @Test
    void keepsOwnersOutOfAdministrationHoweverItIsSpelled(Instance server) throws IOException {
        String alice = login(server, "alice@demo.test");
        for (String path : new String[] {
            "/admin/",
            "/admin/accounts/list",
            "/admin/accounts/list.xhtml",
            "/admin/accounts/list;a=b",
            "/admin;a/accounts/edit",
            "//admin/domains/list",
            "/%61dmin/domains/edit",
            "/mail/../admin/domains/list",
            "/mail/%2e%2e/admin/accounts/list"
        }) {
            assertThat(get(server, path, alice)).as(path).startsWith("HTTP/1.1 403");
        }
        assertThat(get(server, "/admin/api/v1/boxes", alice)).startsWith("HTTP/1.1 401");
        assertThat(get(server, "/WEB-INF/web.xml", alice)).startsWith("HTTP/1.1 404");
    }

    @Test
    void showsNobodyTheMailOfAnother(Instance server) throws IOException {
        try (SmtpSender sender = new SmtpSender(server.port(25))) {
            sender.send("alice@demo.test", "for Alice alone");
        }
        String alice = login(server, "alice@demo.test");
        String bob = login(server, "bob@demo.test");
        Matcher message = MESSAGE.matcher(get(server, "/mail/list", alice));
        assertThat(message.find()).isTrue();
        String folder = message.group(1);
        String uid = message.group(2);
        for (String path : new String[] {
            "/mail/read?folder=" + folder + "&uid=" + uid,
            "/mail/content/" + folder + "/" + uid + "/source",
            "/mail/content/" + folder + "/" + uid + "/part/1"
        }) {
            assertThat(get(server, path, alice)).as(path).startsWith("HTTP/1.1 200");
            assertThat(get(server, path, bob)).as(path).startsWith("HTTP/1.1 404");
        }
        assertThat(get(server, "/mail/list?folder=" + folder, bob)).doesNotContain("for Alice alone");
        assertThat(get(server, "/mail/write?mode=forward&folder=" + folder + "&uid=" + uid, bob))
                .doesNotContain("for Alice alone");
        assertThat(get(server, "/mail/read?folder=x&uid=y", alice))
                .startsWith("HTTP/1.1 404")
                .contains("Not found");
    }

    @Test
    void changesNothingWithoutTheStateOfThePage(Instance server) throws IOException {
        String alice = login(server, "alice@demo.test");
        String bobs = state(get(server, "/mail/list", login(server, "bob@demo.test")));
        for (String state : new String[] {"1:2", "stateless", bobs}) {
            String answer =
                    post(server, "/mail/list", alice, "mail=mail", "mail:delete=mail:delete", stateField(state));
            assertThat(answer).as(state).startsWith("HTTP/1.1 409").contains("Your session ended");
        }
        assertThat(curl.run(
                                "-sik",
                                "--http1.1",
                                "-H",
                                "Sec-Fetch-Site: cross-site",
                                "-d",
                                "login=login",
                                Chromium.address(server, "/login"))
                        .output())
                .startsWith("HTTP/1.1 403");
    }

    private String login(Instance server, String address) throws IOException {
        return login(server, address, "");
    }

    /** Logs in as a form does and gives the session's cookie. */
    private String login(Instance server, String address, String before) throws IOException {
        String answer = post(
                server,
                "/login",
                before,
                "login=login",
                "login:name=" + address,
                "login:password=wildpost",
                "login:enter=login:enter",
                stateField(state(get(server, "/login", before))));
        assertThat(answer).startsWith("HTTP/1.1 302").contains("/mail/list");
        Matcher cookie = SESSION.matcher(answer);
        assertThat(cookie.find()).isTrue();
        return cookie.group(1);
    }

    private static String state(String page) {
        Matcher state = STATE.matcher(page);
        assertThat(state.find()).isTrue();
        return state.group(1);
    }

    private static String stateField(String state) {
        return "jakarta.faces.ViewState=" + URLEncoder.encode(state, StandardCharsets.UTF_8);
    }

    private String get(Instance server, String path, String session) throws IOException {
        return curl.run(arguments(server, path, session)).output();
    }

    private String post(Instance server, String path, String session, String... fields) throws IOException {
        return curl.run(arguments(server, path, session, fields)).output();
    }

    private static String[] arguments(Instance server, String path, String session, String... fields) {
        List<String> arguments = new ArrayList<>(List.of("-sik", "--http1.1", "--path-as-is"));
        if (!session.isEmpty()) {
            arguments.addAll(List.of("-H", "Cookie: wildpost-session=" + session));
        }
        for (String field : fields) {
            arguments.addAll(List.of("-d", field));
        }
        arguments.add(Chromium.address(server, path));
        return arguments.toArray(String[]::new);
    }
}
