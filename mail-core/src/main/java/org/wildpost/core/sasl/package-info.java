// SPDX-License-Identifier: Apache-2.0
/** SASL mechanisms, server side, once for all listeners. Must not know sockets or accounts. RFC 4422, RFC 4616, RFC 5802, RFC 7628, RFC 7677. */
@NullMarked
package org.wildpost.core.sasl;

import org.jspecify.annotations.NullMarked;
