// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.Base64;
import org.wildpost.persistence.setting.Settings;

/** Random keys that all nodes share, made when first asked for and kept in the database. Safe for all threads. */
@ApplicationScoped
public class ServerSecret {
    private static final int OCTETS = 32;

    @Inject
    Settings settings;

    /** The key of that name: the same at every call, on every node. */
    @Transactional
    public byte[] key(String name) {
        String stored = settings.find(name).orElseGet(() -> settings.putIfAbsent(name, random()));
        return Base64.getDecoder().decode(stored);
    }

    private static String random() {
        byte[] octets = new byte[OCTETS];
        new SecureRandom().nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }
}
