// SPDX-License-Identifier: Apache-2.0
/** What {@code ./wildpost} calls: plain Java without the server's classes. */
@NullMarked
package org.wildpost.launcher;

import org.jspecify.annotations.NullMarked;
