// SPDX-License-Identifier: Apache-2.0
/** Pages of the webmail. */
@NullMarked
package org.wildpost.web.view.mail;

import org.jspecify.annotations.NullMarked;
