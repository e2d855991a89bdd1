// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.time.Duration;
import java.util.Locale;

/** What the person at the terminal reads. */
final class Console {
    private Console() {}

    static void say(String line) {
        System.out.println(line);
    }

    static void ready(Settings settings, Duration took) {
        String host = settings.bind().equals("0.0.0.0") || settings.bind().equals("::")
                ? settings.hostname()
                : settings.bind();
        int offset = settings.portOffset();
        say(String.format(Locale.ROOT, "Ready after %.1f s. Data: %s", took.toMillis() / 1000.0, settings.data()));
        say("");
        say(String.format("  %-44s %s", "https://" + host + ":" + Ports.HTTPS.at(offset) + "/", Ports.HTTPS.purpose()));
        for (Ports port : new Ports[] {
            Ports.SMTP, Ports.SUBMISSION, Ports.SUBMISSIONS, Ports.IMAP, Ports.IMAPS, Ports.POP3, Ports.POP3S
        }) {
            say(String.format("  %-44s %s", host + ":" + port.at(offset), port.purpose()));
        }
        settings.lmtp()
                .ifPresent(lmtp -> say(
                        String.format("  %-44s %s", lmtp.getHostString() + ":" + lmtp.getPort(), Ports.LMTP_PURPOSE)));
        if (settings.demo()) {
            say("");
            say("  Accounts: admin@demo.test (administrator), alice@demo.test, bob@demo.test; password: wildpost");
            say("  The certificate is self-signed, and everything listens on " + settings.bind() + " only.");
        }
        if (!settings.demo() && !settings.given().containsKey(Variable.WILDPOST_ADMIN_EMAIL)) {
            say("");
            say("  A new server is set up by whoever opens the first address in a browser first.");
        }
        say("");
        say("Ctrl-C stops it.");
    }
}
