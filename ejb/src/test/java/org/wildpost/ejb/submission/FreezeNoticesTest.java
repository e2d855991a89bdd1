// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.ejb.mailbox.MessageAppender;
import org.wildpost.ejb.settings.ServerName;

/** Who is told that an account was frozen, where and in which language. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class FreezeNoticesTest {
    private static final Instant NOW = Instant.parse("2026-11-05T09:07:03Z");
    private static TestDatabase database;

    private final FreezeNotices notices = new FreezeNotices();
    private final Map<String, MessageIndex> told = new TreeMap<>();
    private final Map<String, String> texts = new TreeMap<>();
    private String broken = "";

    @BeforeAll
    static void start() {
        database = new TestDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void build() {
        database.empty();
        database.execute("insert into domain (name, disabled) values ('demo.test', false), ('off.test', true)");
        administrator("root", "demo.test", "en", false);
        administrator("guan", "demo.test", "zh-CN", false);
        administrator("gone", "demo.test", "en", true);
        administrator("away", "off.test", "en", false);
        database.execute("insert into account (domain_id, local_part, address, password_hash, language)"
                + " select id, 'alice', 'alice@demo.test', '', 'en' from domain where name = 'demo.test'");
        notices.entityManager = database.entityManager();
        notices.name = new ServerName() {
            @Override
            public String get() {
                return "mx.wildpost.test";
            }
        };
        notices.appender = new MessageAppender() {
            @Override
            public List<Outcome> append(SpooledMessage message, MessageIndex index, List<Target> targets) {
                String to = index.envelope().to().getFirst().mailbox();
                if (to.equals(broken)) {
                    throw new IllegalStateException("no room");
                }
                assertThat(targets).singleElement().satisfies(target -> {
                    assertThat(target.mailbox().toString()).contains("INBOX");
                    assertThat(database.column("select local_part from account where id = "
                                    + target.account().value()))
                            .containsExactly(to);
                });
                told.put(to, index);
                texts.put(to, text(message));
                return List.of();
            }
        };
    }

    @Test
    void tellsEveryAdministratorWhoCanLogInInTheirLanguage() {
        notices.frozen(EmailAddress.parse("alice@demo.test"), NOW);

        assertThat(told.keySet()).containsExactly("guan", "root");
        assertThat(told.get("root").subject()).isEqualTo("Sending is frozen: alice@demo.test");
        assertThat(texts.get("root"))
                .contains("alice@demo.test", "until an administrator ends this.\r\n\r\nFind out")
                .doesNotContain("{0}");
        assertThat(told.get("guan").subject()).isEqualTo("发信已被冻结：alice@demo.test");
        assertThat(texts.get("guan")).contains("账户 alice@demo.test");
        assertThat(told.get("guan").envelope().from().getFirst().host()).isEqualTo("mx.wildpost.test");
    }

    @Test
    void oneWhoCannotBeToldKeepsNobodyElseInTheDark() {
        broken = "root";
        notices.frozen(EmailAddress.parse("alice@demo.test"), NOW);

        assertThat(told.keySet()).containsExactly("guan");
    }

    private static void administrator(String name, String domain, String language, boolean disabled) {
        database.execute("insert into account (domain_id, local_part, address, password_hash, language, super_admin,"
                + " disabled) select id, '" + name + "', '" + name + "@" + domain + "', '', '" + language + "', true, "
                + disabled + " from domain where name = '" + domain + "'");
    }

    /** The body, decoded. */
    private static String text(SpooledMessage message) {
        try {
            String whole = new String(message.open().readAllBytes(), StandardCharsets.UTF_8);
            String body = whole.substring(whole.indexOf("\r\n\r\n") + 4).strip();
            return new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
