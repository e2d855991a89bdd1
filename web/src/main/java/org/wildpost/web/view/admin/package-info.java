// SPDX-License-Identifier: Apache-2.0
/** What the pages of administration share. */
@NullMarked
package org.wildpost.web.view.admin;

import org.jspecify.annotations.NullMarked;
