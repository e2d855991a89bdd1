// SPDX-License-Identifier: Apache-2.0
/**
 * SMTP as its client speaks it, over blocking sockets: connect, greet, secure, log in, hand over messages, and say in a typed answer what became of
 * each recipient. Must not know queues, routes or databases: addresses and the demands on TLS are handed in. RFC 5321, RFC 2920, RFC 3207.
 */
@NullMarked
package org.wildpost.core.transport;

import org.jspecify.annotations.NullMarked;
