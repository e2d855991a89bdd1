// SPDX-License-Identifier: Apache-2.0
/** What administrators do with domains and accounts, whatever face they use. Must not know pages, REST or protocols. */
@NullMarked
package org.wildpost.ejb.admin;

import org.jspecify.annotations.NullMarked;
