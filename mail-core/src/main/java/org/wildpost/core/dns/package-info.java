// SPDX-License-Identifier: Apache-2.0
/**
 * Questions to the domain name system: the only door through which anything in this server asks it. Must not know mail flow. RFC 1035, RFC 2308,
 * RFC 4035, RFC 5452.
 */
@NullMarked
package org.wildpost.core.dns;

import org.jspecify.annotations.NullMarked;
