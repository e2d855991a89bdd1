// SPDX-License-Identifier: Apache-2.0
/**
 * The PROXY protocol, versions 1 and 2 (haproxy.org, "The PROXY protocol", 2020): a proxy in front of a listener says whose connection it passes on. Believed
 * from configured networks only, and wanted from them. Must not know any mail protocol.
 */
@NullMarked
package org.wildpost.adapter.net.proxy;

import org.jspecify.annotations.NullMarked;
