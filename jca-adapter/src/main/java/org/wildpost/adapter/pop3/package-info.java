// SPDX-License-Identifier: Apache-2.0
/**
 * The POP3 conversation: parser, session, replies. Must not know how a maildrop is stored or who may log in.
 * RFC 1939, RFC 2449, RFC 2595, RFC 3206, RFC 5034, RFC 6856, RFC 6858.
 */
@NullMarked
package org.wildpost.adapter.pop3;

import org.jspecify.annotations.NullMarked;
