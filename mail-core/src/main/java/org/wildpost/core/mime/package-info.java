// SPDX-License-Identifier: Apache-2.0
/**
 * The MIME index: where each part of a message lies, computed once at ingest; and other encodings of a message for those who need them. RFC 2045-2047, RFC 2231, RFC 5322,
 * RFC 6152, RFC 6532.
 */
@NullMarked
package org.wildpost.core.mime;

import org.jspecify.annotations.NullMarked;
