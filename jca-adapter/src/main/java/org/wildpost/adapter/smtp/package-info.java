// SPDX-License-Identifier: Apache-2.0
/** SMTP, server side: RFC 5321 with its extensions. Knows nothing of accounts, delivery or the database: it asks {@code SmtpListener}. */
@NullMarked
package org.wildpost.adapter.smtp;

import org.jspecify.annotations.NullMarked;
