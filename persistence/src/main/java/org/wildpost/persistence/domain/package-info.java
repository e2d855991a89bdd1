// SPDX-License-Identifier: Apache-2.0
/** Hosted domains. Must not know services, protocols or pages. */
@NullMarked
package org.wildpost.persistence.domain;

import org.jspecify.annotations.NullMarked;
