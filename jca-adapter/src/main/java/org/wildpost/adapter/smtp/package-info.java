// SPDX-License-Identifier: Apache-2.0
/**
 * SMTP and LMTP, server side: RFC 5321 and RFC 2033 with their extensions, which {@code SmtpExtension} lists. Knows nothing of accounts, delivery or the
 * database: it asks {@code SmtpListener}.
 */
@NullMarked
package org.wildpost.adapter.smtp;

import org.jspecify.annotations.NullMarked;
