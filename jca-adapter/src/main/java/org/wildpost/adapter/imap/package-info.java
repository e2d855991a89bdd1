// SPDX-License-Identifier: Apache-2.0
/** The IMAP conversation. Must not know entities or the database. RFC 9051, RFC 3501. */
@NullMarked
package org.wildpost.adapter.imap;

import org.jspecify.annotations.NullMarked;
