// SPDX-License-Identifier: Apache-2.0
/** Who may do what with a mailbox (RFC 4314), and how folders of others are named. Must not know how it is kept or spoken of. */
@NullMarked
package org.wildpost.core.acl;

import org.jspecify.annotations.NullMarked;
