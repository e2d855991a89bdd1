// SPDX-License-Identifier: Apache-2.0
/** The keys that domains sign their mail with; the private halves are sealed. Must not know how they are opened. RFC 6376. */
@NullMarked
package org.wildpost.persistence.dkim;

import org.jspecify.annotations.NullMarked;
