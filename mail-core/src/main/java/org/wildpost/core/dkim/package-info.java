// SPDX-License-Identifier: Apache-2.0
/**
 * DKIM signatures of what leaves: canonical forms, keys and the DKIM-Signature field. Must not know where keys are kept. RFC 6376, RFC 8301,
 * RFC 8463.
 */
@NullMarked
package org.wildpost.core.dkim;

import org.jspecify.annotations.NullMarked;
