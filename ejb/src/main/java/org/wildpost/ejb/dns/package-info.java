// SPDX-License-Identifier: Apache-2.0
/** The one resolver of this server, made of its settings. Must not know who asks it, or what. RFC 1035. */
@NullMarked
package org.wildpost.ejb.dns;

import org.jspecify.annotations.NullMarked;
