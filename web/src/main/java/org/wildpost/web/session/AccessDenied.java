// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.session;

/** The person may not do this; shown as the page for 403. */
public final class AccessDenied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AccessDenied() {
        super("access denied", null, false, false);
    }
}
