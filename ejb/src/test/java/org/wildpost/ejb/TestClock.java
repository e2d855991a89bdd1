// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
public final class TestClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void forward(Duration duration) {
        now = now.plus(duration);
    }
}
