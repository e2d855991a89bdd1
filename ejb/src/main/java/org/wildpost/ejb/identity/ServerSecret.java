// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.wildpost.persistence.domain.Domains;
import org.wildpost.persistence.setting.Settings;

/** Random keys that all nodes share, made when first asked for and kept in the database. Safe for all threads. */
@ApplicationScoped
public class ServerSecret {
    private static final int OCTETS = 32;
    private static final String SEPARATOR = ",";

    @Inject
    Settings settings;

    @Inject
    Domains domains;

    /** The key of that name: the same at every call, on every node. */
    @Transactional
    public byte[] key(String name) {
        String stored = settings.find(name).orElseGet(() -> settings.putIfAbsent(name, random()));
        return Base64.getDecoder().decode(stored);
    }

    /** The keys of that name that are valid, the newest first: the one that is used, and the one before it, if it was ever {@link #rotate rotated}. */
    @Transactional
    public List<byte[]> keys(String name) {
        String stored = settings.find(name).orElseGet(() -> settings.putIfAbsent(name, random()));
        return Stream.of(stored.split(SEPARATOR))
                .map(Base64.getDecoder()::decode)
                .toList();
    }

    /**
     * Puts a new key before the one that is used, and forgets the one before that; only names that are asked for with {@link #keys} can be rotated.
     *
     * @param age since when at least the newest key must have been there; nothing happens to one that is younger
     * @return whether there is a new key now
     */
    @Transactional
    public boolean rotate(String name, Duration age) {
        domains.lockAdministration();
        Optional<String> stored = settings.find(name);
        boolean young = settings.changed(name)
                .map(then -> then.isAfter(Instant.now().minus(age)))
                .orElse(false);
        if (stored.isEmpty() || young) {
            return false;
        }
        settings.put(name, random() + SEPARATOR + stored.get().split(SEPARATOR)[0]);
        return true;
    }

    private static String random() {
        byte[] octets = new byte[OCTETS];
        new SecureRandom().nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }
}
