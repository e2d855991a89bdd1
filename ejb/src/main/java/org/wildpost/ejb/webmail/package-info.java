// SPDX-License-Identifier: Apache-2.0
/**
 * What a person does with mail in the browser: reading, writing, moving. Every question carries the account of the session; knows nothing of
 * pages. RFC 5322, RFC 2046, RFC 2183.
 */
@NullMarked
package org.wildpost.ejb.webmail;

import org.jspecify.annotations.NullMarked;
