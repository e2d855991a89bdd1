// SPDX-License-Identifier: Apache-2.0
/** Reports about TLS as grammar: where a domain wants them, and the words for what failed. Must not know how they are counted or sent. RFC 8460. */
@NullMarked
package org.wildpost.core.tlsreport;

import org.jspecify.annotations.NullMarked;
