// SPDX-License-Identifier: Apache-2.0
/** The numbered SQL files and who applies them. Must not know Jakarta or the entities. */
@NullMarked
package org.wildpost.persistence.migration;

import org.jspecify.annotations.NullMarked;
