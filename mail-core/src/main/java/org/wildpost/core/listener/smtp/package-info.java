// SPDX-License-Identifier: Apache-2.0
/** Questions and answers of an SMTP session. RFC 5321, RFC 6409. */
@NullMarked
package org.wildpost.core.listener.smtp;

import org.jspecify.annotations.NullMarked;
