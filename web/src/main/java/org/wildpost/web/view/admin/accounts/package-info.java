// SPDX-License-Identifier: Apache-2.0
/** Pages for accounts. */
@NullMarked
package org.wildpost.web.view.admin.accounts;

import org.jspecify.annotations.NullMarked;
