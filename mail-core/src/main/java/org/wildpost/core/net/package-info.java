// SPDX-License-Identifier: Apache-2.0
/** Numeric addresses and the networks that an administrator trusts. Asks no resolver: what is not a number is refused. RFC 4291, RFC 4632. */
@NullMarked
package org.wildpost.core.net;

import org.jspecify.annotations.NullMarked;
