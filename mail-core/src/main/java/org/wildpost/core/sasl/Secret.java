// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sasl;

/** A password or token in transit: it has no readable {@code toString}, so that no log shows it. Compare with care, keep briefly. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The secret itself; ask only where it is checked. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
