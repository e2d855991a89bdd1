// SPDX-License-Identifier: Apache-2.0
/** Access control lists of mailboxes, and what those who are not the owner have seen. RFC 4314. */
@NullMarked
package org.wildpost.persistence.acl;

import org.jspecify.annotations.NullMarked;
