// SPDX-License-Identifier: Apache-2.0
/**
 * Administration over REST, with the names that poste.io uses: JSON in, JSON or problem details (RFC 9457) out, HTTP Basic (RFC 7617) and
 * nothing else, so that no browser's cookie opens it. Must not know entities; the same services as the pages.
 */
@NullMarked
package org.wildpost.web.rest;

import org.jspecify.annotations.NullMarked;
