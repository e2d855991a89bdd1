// SPDX-License-Identifier: Apache-2.0
/** Says to launchers, containers and load balancers how the server is. Must not say anything that a stranger could use. */
@NullMarked
package org.wildpost.web.health;

import org.jspecify.annotations.NullMarked;
