// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/** A subscription to a mailbox's events; closing ends it. */
@FunctionalInterface
public interface Watch extends AutoCloseable {
    @Override
    void close();
}
