// SPDX-License-Identifier: Apache-2.0
/** Mailboxes, subscriptions and the counters; UIDs and MODSEQs are allocated here and nowhere else. RFC 9051 §2.3.1, RFC 7162 §3.1. */
@NullMarked
package org.wildpost.persistence.mailbox;

import org.jspecify.annotations.NullMarked;
