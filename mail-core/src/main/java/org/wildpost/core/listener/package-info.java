// SPDX-License-Identifier: Apache-2.0
/** What the resource adapter asks and the message-driven beans answer, common to all protocols. Refusals are values, faults are exceptions. */
@NullMarked
package org.wildpost.core.listener;

import org.jspecify.annotations.NullMarked;
