// SPDX-License-Identifier: Apache-2.0
/**
 * One small question to one web server over TLS, with limits on everything. The JDK's client is not used because it asks the system's resolver by itself: here all
 * names go through {@link org.wildpost.core.dns.DnsResolver}. Must not know why it asks. RFC 9110, RFC 9112.
 */
@NullMarked
package org.wildpost.core.https;

import org.jspecify.annotations.NullMarked;
