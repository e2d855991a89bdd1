// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wildpost.adapter.net.LineClient;
import org.wildpost.adapter.net.LoopbackListener;
import org.wildpost.core.listener.smtp.SmtpService;

/** What is secret in a login stands in no log, at no level, also when the login fails or the line is broken. */
class SmtpSecrecyTest {
    private static final String PASSWORD = "tell-nobody";

    @TempDir
    private Path folder;

    private final Logger root = Logger.getLogger("");
    private final Logger ours = Logger.getLogger("org.wildpost");
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler everything = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(new SimpleFormatter().format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        everything.setLevel(Level.ALL);
        root.addHandler(everything);
        ours.setLevel(Level.ALL);
    }

    @AfterEach
    void silence() {
        root.removeHandler(everything);
        ours.setLevel(null);
    }

    @Test
    void logsNoPassword() throws IOException {
        String plain = base64("\0alice@demo.test\0" + PASSWORD);
        SmtpSettings settings =
                new SmtpSettings(SmtpService.SUBMISSION, "mx.demo.test", folder, true, SmtpSettings.Limits.DEFAULTS);
        DemoSmtp server = new DemoSmtp();
        try (LoopbackListener listener = LoopbackListener.plain(
                        connection -> new SmtpSession(connection, server, settings, InstantSource.system()).run());
                LineClient client = listener.client()) {
            client.readReply();
            client.ask("EHLO c");
            assertThat(client.ask("AUTH PLAIN " + plain)).startsWith("535 ");
            assertThat(client.ask("AUTH PLAIN " + plain + " more")).startsWith("501 ");
            assertThat(client.ask("AUTH NONSUCH " + plain)).startsWith("504 ");
            assertThat(client.ask("AUTH LOGIN")).startsWith("334 ");
            assertThat(client.ask(base64("alice@demo.test"))).startsWith("334 ");
            assertThat(client.ask(base64(PASSWORD))).startsWith("535 ");
            Logger.getLogger("org.wildpost.test").fine("the log is seen");
        }
        assertThat(logged)
                .anyMatch(line -> line.contains("the log is seen"))
                .noneMatch(line -> line.contains(PASSWORD) || line.contains(plain) || line.contains(base64(PASSWORD)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
