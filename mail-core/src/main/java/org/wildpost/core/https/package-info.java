// SPDX-License-Identifier: Apache-2.0
/**
 * One small question to one web server over TLS, with limits on everything. HTTP itself is Apache HttpClient's job; what is here decides which addresses it calls, since all
 * names go through {@link org.wildpost.core.dns.DnsResolver}, what it must not do, and when it has to stop. Must not know why it asks. RFC 9110, RFC 9112.
 */
@NullMarked
package org.wildpost.core.https;

import org.jspecify.annotations.NullMarked;
