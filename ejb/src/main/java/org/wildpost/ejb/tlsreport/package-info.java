// SPDX-License-Identifier: Apache-2.0
/**
 * Reports about TLS: what became of sessions is counted and told once a day to the domains that want it; what others tell is read and kept. Must not know routes. RFC 8460.
 */
@NullMarked
package org.wildpost.ejb.tlsreport;

import org.jspecify.annotations.NullMarked;
