// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

/** How messages are put together (RFC 5256 §3 THREAD). */
public enum ThreadAlgorithm {
    /** By base subject and date alone. */
    ORDEREDSUBJECT,
    /** By what messages refer to, then by subject. */
    REFERENCES
}
