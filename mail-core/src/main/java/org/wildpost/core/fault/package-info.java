// SPDX-License-Identifier: Apache-2.0
/** How faults are told of. Must not know what failed. */
@NullMarked
package org.wildpost.core.fault;

import org.jspecify.annotations.NullMarked;
