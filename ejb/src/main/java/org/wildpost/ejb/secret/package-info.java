// SPDX-License-Identifier: Apache-2.0
/** Secrets that must be kept, such as private keys and passwords of next hops: sealed before they reach the database. Must not know whose they are. */
@NullMarked
package org.wildpost.ejb.secret;

import org.jspecify.annotations.NullMarked;
