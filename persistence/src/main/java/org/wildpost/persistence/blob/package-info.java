// SPDX-License-Identifier: Apache-2.0
/** Message bytes: written once per delivery, read in slices, never whole in a heap. Must not know mailboxes. */
@NullMarked
package org.wildpost.persistence.blob;

import org.jspecify.annotations.NullMarked;
