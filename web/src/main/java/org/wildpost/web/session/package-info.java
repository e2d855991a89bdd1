// SPDX-License-Identifier: Apache-2.0
/** Who is logged in, what they may see, and how they like to see it. */
@NullMarked
package org.wildpost.web.session;

import org.jspecify.annotations.NullMarked;
