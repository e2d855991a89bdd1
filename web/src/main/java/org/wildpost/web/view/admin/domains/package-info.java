// SPDX-License-Identifier: Apache-2.0
/** Pages for domains. */
@NullMarked
package org.wildpost.web.view.admin.domains;

import org.jspecify.annotations.NullMarked;
