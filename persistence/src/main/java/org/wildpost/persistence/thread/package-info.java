// SPDX-License-Identifier: Apache-2.0
/** Which conversations are known of an account, and which messages have none yet. Must not know how one is found. RFC 8474 §5.2. */
@NullMarked
package org.wildpost.persistence.thread;

import org.jspecify.annotations.NullMarked;
