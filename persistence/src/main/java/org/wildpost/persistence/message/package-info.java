// SPDX-License-Identifier: Apache-2.0
/** The rows of messages: appended, listed, flagged, moved, expunged. Must not know how envelope and structure are encoded. */
@NullMarked
package org.wildpost.persistence.message;

import org.jspecify.annotations.NullMarked;
