// SPDX-License-Identifier: Apache-2.0
/** The whole server from outside: what is deployed, talked to by clients that others wrote. */
@NullMarked
package org.wildpost.it;

import org.jspecify.annotations.NullMarked;
