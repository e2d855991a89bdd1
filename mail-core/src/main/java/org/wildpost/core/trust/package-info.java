// SPDX-License-Identifier: Apache-2.0
/**
 * Whether a chain of certificates is that of the host that was meant: by public authorities and names, or by TLSA records. Must not know sockets, the domain name
 * system, or why it is asked. RFC 9525, RFC 5280, RFC 6698, RFC 7671, RFC 7672.
 */
@NullMarked
package org.wildpost.core.trust;

import org.jspecify.annotations.NullMarked;
