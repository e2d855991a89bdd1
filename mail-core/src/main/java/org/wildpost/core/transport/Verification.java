// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

/** Whether a peer proved who it is. */
public sealed interface Verification {
    /** Nobody asked it to. */
    record Unasked() implements Verification {}

    /**
     * It did.
     *
     * @param by the means: {@code dane} or {@code pkix}
     */
    record Proved(String by) implements Verification {}

    /**
     * It did not.
     *
     * @param reason for records of attempts, one line
     */
    record Rejected(Flaw flaw, String reason) implements Verification {}

    /** What is wrong with a certificate, in the words of reports (RFC 8460 §4.3). */
    enum Flaw {
        /** {@code certificate-host-mismatch} */
        HOST_MISMATCH,
        /** {@code certificate-expired} */
        EXPIRED,
        /** {@code certificate-not-trusted} */
        NOT_TRUSTED,
        /** {@code validation-failure} */
        OTHER
    }
}
