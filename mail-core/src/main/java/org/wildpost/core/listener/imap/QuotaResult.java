// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

/** The answer to GETQUOTA and SETQUOTA. */
public sealed interface QuotaResult {
    /** As it is now. */
    record Told(Quota quota) implements QuotaResult {}

    /** RFC 5530 NONEXISTENT. */
    record NoSuchRoot() implements QuotaResult {}

    /** RFC 5530 NOPERM; whether there is such a root is not said. */
    record NotPermitted() implements QuotaResult {}
}
