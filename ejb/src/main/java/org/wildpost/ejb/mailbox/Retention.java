// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.wildpost.ejb.settings.ServerSettings;

/** How long what was deleted is still there. Immutable. */
@ApplicationScoped
public class Retention {
    private final Duration vault;
    private final Duration grace;
    private final Duration tombstones;

    /** For the container. */
    protected Retention() {
        this(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /** As the operator set it. */
    @Inject
    public Retention(ServerSettings settings) {
        this(settings.vaultTime(), settings.sweepGrace(), settings.tombstoneTime());
    }

    /**
     * @param vault how long an expunged message can be restored
     * @param grace how long nothing may have referred to octets before they go
     * @param tombstones for how long it is known which messages left a mailbox
     */
    public Retention(Duration vault, Duration grace, Duration tombstones) {
        this.vault = vault;
        this.grace = grace;
        this.tombstones = tombstones;
    }

    /** Whether expunged messages can be restored at all. */
    boolean keeps() {
        return vault.isPositive();
    }

    /** How long an expunged message can be restored. */
    public Duration vault() {
        return vault;
    }

    Duration grace() {
        return grace;
    }

    Duration tombstones() {
        return tombstones;
    }
}
