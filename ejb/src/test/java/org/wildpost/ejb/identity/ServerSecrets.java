// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import java.time.Duration;
import java.util.List;
import org.wildpost.ejb.TestDatabase;
import org.wildpost.persistence.domain.JpaDomains;
import org.wildpost.persistence.setting.JpaSettings;

/** Puts a {@link ServerSecret} together as the container does, each call in a transaction. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
public final class ServerSecrets {
    private ServerSecrets() {}

    public static ServerSecret of(TestDatabase database) {
        ServerSecret secret = new ServerSecret() {
            @Override
            public List<byte[]> keys(String name) {
                return database.tx(() -> super.keys(name));
            }

            @Override
            public boolean rotate(String name, Duration age) {
                return database.tx(() -> super.rotate(name, age));
            }
        };
        secret.settings = new JpaSettings(database.entityManager());
        secret.domains = new JpaDomains(database.entityManager());
        return secret;
    }
}
