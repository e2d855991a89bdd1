// SPDX-License-Identifier: Apache-2.0
/** Named values that belong to the whole server. Must not know what they mean. */
@NullMarked
package org.wildpost.persistence.setting;

import org.jspecify.annotations.NullMarked;
