// SPDX-License-Identifier: Apache-2.0
/** Questions and answers of an IMAP session; UIDs and MODSEQs only, never sequence numbers. RFC 9051. */
@NullMarked
package org.wildpost.core.listener.imap;

import org.jspecify.annotations.NullMarked;
