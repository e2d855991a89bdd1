// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.id;

/** The identity of stored message bytes; one blob serves all recipients of a delivery. */
public record BlobId(long value) {}
