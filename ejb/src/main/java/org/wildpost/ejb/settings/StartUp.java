// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.settings;

import jakarta.enterprise.context.ApplicationScoped;

/** Whether the schema is there and the first accounts are made. Safe for all threads. */
@ApplicationScoped
public class StartUp {
    private volatile boolean done;

    /** Says that everything that must be done before the first question is done. */
    public void complete() {
        done = true;
    }

    public boolean done() {
        return done;
    }
}
