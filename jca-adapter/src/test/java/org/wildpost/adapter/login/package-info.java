// SPDX-License-Identifier: Apache-2.0
/** Logins by token over every protocol. */
@NullMarked
package org.wildpost.adapter.login;

import org.jspecify.annotations.NullMarked;
