// SPDX-License-Identifier: Apache-2.0
/** The web's faces: pages, REST and what they share. Asks the services of the ejb room; knows no entity and no SQL. */
@NullMarked
package org.wildpost.web;

import org.jspecify.annotations.NullMarked;
