// SPDX-License-Identifier: Apache-2.0
/** Sockets, TLS, limits and threads, common to all protocols. Must not know any protocol. */
@NullMarked
package org.wildpost.adapter.net;

import org.jspecify.annotations.NullMarked;
