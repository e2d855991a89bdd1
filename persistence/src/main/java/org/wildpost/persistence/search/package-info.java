// SPDX-License-Identifier: Apache-2.0
/** The words of messages, for full-text search. Must not know how a text is split into words. */
@NullMarked
package org.wildpost.persistence.search;

import org.jspecify.annotations.NullMarked;
