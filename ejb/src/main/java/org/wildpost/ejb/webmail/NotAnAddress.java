// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import org.wildpost.core.address.AddressException;

/** One entry of a list that somebody typed is no address. */
public final class NotAnAddress extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String entry;

    NotAnAddress(String entry, AddressException cause) {
        super("'" + entry + "' is no address", cause);
        this.entry = entry;
    }

    /** The entry as typed. */
    public String entry() {
        return entry;
    }
}
