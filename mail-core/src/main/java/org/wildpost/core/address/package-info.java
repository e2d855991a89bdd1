// SPDX-License-Identifier: Apache-2.0
/** E-mail addresses and domain names: grammar, normal form, IDNA. Knows nothing of accounts. RFC 5321 §4.1.2, RFC 6531, RFC 5890. */
@NullMarked
package org.wildpost.core.address;

import org.jspecify.annotations.NullMarked;
