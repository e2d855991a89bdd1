// SPDX-License-Identifier: Apache-2.0
/** What accounts may send, and what they sent. Must not know messages. */
@NullMarked
package org.wildpost.persistence.sending;

import org.jspecify.annotations.NullMarked;
