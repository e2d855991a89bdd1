// SPDX-License-Identifier: Apache-2.0
/** The order of messages: what SORT compares, and the base subject that sorting and threading share. RFC 5256, RFC 5957. */
@NullMarked
package org.wildpost.core.sort;

import org.jspecify.annotations.NullMarked;
