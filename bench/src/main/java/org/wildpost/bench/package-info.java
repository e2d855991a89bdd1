// SPDX-License-Identifier: Apache-2.0
/** Measures a running server beside its peers, in turns in one run; knows nothing of the server but its protocols. */
@NullMarked
package org.wildpost.bench;

import org.jspecify.annotations.NullMarked;
