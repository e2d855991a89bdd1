// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/** The archive, deployed by Arquillian on a running WildFly as an administrator would: without our launcher. */
@ArquillianTest
@RunAsClient
class DeployedEarIT {
    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return ShrinkWrap.createFromZipFile(EnterpriseArchive.class, new File(System.getProperty("wildpost.it.ear")));
    }

    @Test
    void takesAMessageAndShowsIt() throws IOException {
        int offset = Integer.getInteger("wildpost.it.arquillian.offset");
        Tool curl = Tool.installed("curl");
        assertThat(curl.run("-s", "-w", " %{http_code}", "http://127.0.0.1:" + (8080 + offset) + "/health/ready")
                        .output())
                .endsWith(" 200");
        String token = "deployed-" + UUID.randomUUID();
        try (SmtpSender sender = new SmtpSender(25 + offset)) {
            sender.send("alice@demo.test", token);
        }
        String inbox = "imaps://127.0.0.1:" + (993 + offset) + "/INBOX?SUBJECT%20" + token;
        assertThat(curl.run("-sk", "-u", "alice@demo.test:wildpost", inbox).output())
                .containsPattern("\\* SEARCH \\d+");
        String login = "https://127.0.0.1:" + (8443 + offset) + "/login";
        assertThat(curl.run("-sk", "-w", " %{http_code}", login).output()).endsWith(" 200");
    }
}
