// SPDX-License-Identifier: Apache-2.0
/** How texts are compared without regard to case: RFC 4790's collations as far as mail needs them. Must not know any protocol. RFC 5051. */
@NullMarked
package org.wildpost.core.collation;

import org.jspecify.annotations.NullMarked;
