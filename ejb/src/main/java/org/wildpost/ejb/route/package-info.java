// SPDX-License-Identifier: Apache-2.0
/**
 * What operators set about the ways out: routes, relay domains, TLS policies, origins; as administration changes it and as the way out reads it, from memory.
 * Must not know the domain name system or connections. RFC 5321 §3.6.3, RFC 8314.
 */
@NullMarked
package org.wildpost.ejb.route;

import org.jspecify.annotations.NullMarked;
