// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.setting;

import java.time.Instant;
import java.util.Optional;

/** What is asked about the server's named values. Writing wants a transaction. */
public interface Settings {
    /** The value of that name. */
    Optional<String> find(String name);

    /** When the value was last set. */
    Optional<Instant> changed(String name);

    /** Sets the value, new or not. */
    void put(String name, String value);

    /**
     * Sets the value unless there is one, also when two nodes ask at once.
     *
     * @return the value that is there now
     */
    String putIfAbsent(String name, String value);
}
