// SPDX-License-Identifier: Apache-2.0
/** Questions and answers of a POP3 session. RFC 1939. */
@NullMarked
package org.wildpost.core.listener.pop3;

import org.jspecify.annotations.NullMarked;
