// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.DomainName;
import org.wildpost.persistence.setting.Settings;

/**
 * What the server calls itself in greetings and trace fields: the name that the operator set as {@code wildpost.hostname}, else the one that was
 * typed at the set-up, else the machine's. Read once and kept. Safe for all threads.
 */
@ApplicationScoped
public class ServerName {
    /** The setting that keeps what was typed at the set-up. */
    static final String SETTING = "server.hostname";

    @Inject
    ServerSettings settings;

    @Inject
    Settings stored;

    private volatile @Nullable String known;

    /** A domain name in A-labels. */
    public String get() {
        String name = known;
        if (name == null) {
            name = given().or(() -> stored.find(SETTING)).orElseGet(ServerSettings::ownHostname);
            known = name;
        }
        return name;
    }

    /** The name that the operator set, which nothing typed into a page replaces. */
    public Optional<String> given() {
        return settings.hostname();
    }

    /** Stores a name; it holds once {@link #renew} is called after the transaction, or at the next start. Wants a transaction. */
    public void store(DomainName name) {
        stored.put(SETTING, name.ascii());
    }

    /** Reads the name again when it is asked for. */
    public void renew() {
        known = null;
    }
}
