// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

/** What came of measuring one row once. */
sealed interface ImapSample {
    /**
     * @param value in the unit of the row
     */
    record Value(double value) implements ImapSample {}

    /** The server says itself that it cannot do this. */
    record NotOffered() implements ImapSample {}

    /**
     * The answer was not what it must be, however fast it came.
     *
     * @param what for the reader of the report
     */
    record Wrong(String what) implements ImapSample {}
}
