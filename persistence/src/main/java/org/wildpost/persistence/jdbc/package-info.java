// SPDX-License-Identifier: Apache-2.0
/** Statements over JDBC, for the paths that are too hot for entities. Must not know what is stored, nor the container. */
@NullMarked
package org.wildpost.persistence.jdbc;

import org.jspecify.annotations.NullMarked;
