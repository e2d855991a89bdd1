// SPDX-License-Identifier: Apache-2.0
/** Who may log in: passwords, throttling, verified logins. Must not know any protocol. RFC 9106 (Argon2). */
@NullMarked
package org.wildpost.ejb.identity;

import org.jspecify.annotations.NullMarked;
