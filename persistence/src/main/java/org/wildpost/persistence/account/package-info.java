// SPDX-License-Identifier: Apache-2.0
/** Accounts: who may log in and what they need for it. Must not know services, protocols or pages. */
@NullMarked
package org.wildpost.persistence.account;

import org.jspecify.annotations.NullMarked;
