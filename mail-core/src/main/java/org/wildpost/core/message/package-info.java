// SPDX-License-Identifier: Apache-2.0
/** Message bytes: spooling, hashing, flags. Knows nothing of MIME or of protocols. */
@NullMarked
package org.wildpost.core.message;

import org.jspecify.annotations.NullMarked;
