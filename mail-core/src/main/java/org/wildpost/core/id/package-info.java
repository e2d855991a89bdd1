// SPDX-License-Identifier: Apache-2.0
/** Identities as types, so that a UID is never taken for a sequence number or a row id. RFC 9051 §2.3.1, RFC 7162 §3.1. */
@NullMarked
package org.wildpost.core.id;

import org.jspecify.annotations.NullMarked;
