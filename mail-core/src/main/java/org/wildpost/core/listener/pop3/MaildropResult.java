// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.pop3;

/** The answer to opening a maildrop. */
public sealed interface MaildropResult {
    record Opened(Maildrop maildrop) implements MaildropResult {}

    /** Another session has it: IN-USE (RFC 2449 §8.1.1). */
    record InUse() implements MaildropResult {}
}
