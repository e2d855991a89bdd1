// SPDX-License-Identifier: Apache-2.0
/** Aliases, as administrators see them. Must not know services, protocols or pages. */
@NullMarked
package org.wildpost.persistence.alias;

import org.jspecify.annotations.NullMarked;
