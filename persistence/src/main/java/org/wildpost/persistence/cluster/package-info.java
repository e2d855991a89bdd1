// SPDX-License-Identifier: Apache-2.0
/** What the nodes that share a database tell each other, over LISTEN and NOTIFY of PostgreSQL. Must not know what is done with it. */
@NullMarked
package org.wildpost.persistence.cluster;

import org.jspecify.annotations.NullMarked;
