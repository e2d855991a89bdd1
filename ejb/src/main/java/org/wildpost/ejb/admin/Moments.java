// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time as the database keeps it, so that an answer says the same at once and later. */
final class Moments {
    private Moments() {}

    /** Now, in whole microseconds. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
