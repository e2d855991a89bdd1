// SPDX-License-Identifier: Apache-2.0
/**
 * What deliveries ask of the database about addresses: one query over indexes however many addresses there are. Must not know services, protocols
 * or pages.
 */
@NullMarked
package org.wildpost.persistence.address;

import org.jspecify.annotations.NullMarked;
