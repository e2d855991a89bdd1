// SPDX-License-Identifier: Apache-2.0
/** The server's settings, its start-up in order, and its health. Must not know protocols or pages. */
@NullMarked
package org.wildpost.ejb.settings;

import org.jspecify.annotations.NullMarked;
