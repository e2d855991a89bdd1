// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.id;

/** The row identity of a hosted domain. */
public record DomainId(long value) {}
