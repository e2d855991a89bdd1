// SPDX-License-Identifier: Apache-2.0
/** Makes mail safe to look at: HTML, links, files. Knows nothing of accounts. RFC 2392, RFC 6266. */
@NullMarked
package org.wildpost.web.html;

import org.jspecify.annotations.NullMarked;
