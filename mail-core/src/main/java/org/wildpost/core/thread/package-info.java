// SPDX-License-Identifier: Apache-2.0
/** Which messages belong together: the algorithms of THREAD. Must not know any store. RFC 5256. */
@NullMarked
package org.wildpost.core.thread;

import org.jspecify.annotations.NullMarked;
