// SPDX-License-Identifier: Apache-2.0
/** Rows of messages that were expunged and can be restored. Must not know for how long they are kept. */
@NullMarked
package org.wildpost.persistence.vault;

import org.jspecify.annotations.NullMarked;
