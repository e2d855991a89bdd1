// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net.proxy;

import java.io.IOException;

/** A connection did not begin with a valid header of the PROXY protocol. */
public final class ProxyHeaderException extends IOException {
    private static final long serialVersionUID = 1L;

    ProxyHeaderException(String problem) {
        super(problem);
    }
}
