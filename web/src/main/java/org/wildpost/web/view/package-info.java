// SPDX-License-Identifier: Apache-2.0
/** What pages share: texts, messages to the person, requests. */
@NullMarked
package org.wildpost.web.view;

import org.jspecify.annotations.NullMarked;
