// SPDX-License-Identifier: Apache-2.0
/** The search key of IMAP as a tree, and its evaluation against one message. RFC 9051 §6.4.4. */
@NullMarked
package org.wildpost.core.search;

import org.jspecify.annotations.NullMarked;
