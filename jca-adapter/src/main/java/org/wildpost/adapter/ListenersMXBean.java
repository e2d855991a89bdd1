// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter;

import java.util.List;

/** What monitoring sees of the listeners, as {@code org.wildpost:type=Listeners}. */
public interface ListenersMXBean {
    /** Whether every protocol is activated and all its ports are bound. */
    boolean isBound();

    /** The bound ports. */
    List<Integer> getPorts();
}
