// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

/**
 * What is looked for.
 *
 * @param charsetKnown whether the texts could be read; where not, the command is answered with NO [BADCHARSET] (RFC 9051 §6.4.4)
 */
record SearchCriteria(SearchTerm term, boolean charsetKnown) {
    static final Reply BAD_CHARSET = Reply.no("BADCHARSET (US-ASCII UTF-8)", "this charset is not known");
}
