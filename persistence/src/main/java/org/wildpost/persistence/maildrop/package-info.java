// SPDX-License-Identifier: Apache-2.0
/** The leases of POP3 sessions and what they list. Must not know the protocol. RFC 1939 §4. */
@NullMarked
package org.wildpost.persistence.maildrop;

import org.jspecify.annotations.NullMarked;
