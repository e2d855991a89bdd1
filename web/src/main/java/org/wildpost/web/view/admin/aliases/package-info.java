// SPDX-License-Identifier: Apache-2.0
/** Pages for aliases. */
@NullMarked
package org.wildpost.web.view.admin.aliases;

import org.jspecify.annotations.NullMarked;
