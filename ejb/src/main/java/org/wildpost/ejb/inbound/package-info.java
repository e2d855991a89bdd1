// SPDX-License-Identifier: Apache-2.0
/** The message-driven beans that the resource adapter asks. They translate only; services decide. RFC 5321, RFC 9051, RFC 1939. */
@NullMarked
package org.wildpost.ejb.inbound;

import org.jspecify.annotations.NullMarked;
