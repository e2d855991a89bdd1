// SPDX-License-Identifier: Apache-2.0
/** The resource adapter as the container sees it: it starts the listeners of each activation and stops them. */
@NullMarked
package org.wildpost.adapter;

import org.jspecify.annotations.NullMarked;
