// SPDX-License-Identifier: Apache-2.0
/** Key material for the listeners: PEM files, the self-signed first certificate, replacement without restart. */
@NullMarked
package org.wildpost.core.tls;

import org.jspecify.annotations.NullMarked;
