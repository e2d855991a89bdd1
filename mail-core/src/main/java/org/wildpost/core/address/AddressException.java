// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.address;

/** A text is not the address or domain that it claims to be. */
public final class AddressException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /**
     * @param message what is wrong, for people
     * @param offset  where, in characters from the start of the text
     */
    public AddressException(String message, int offset) {
        super(message + " (at character " + (offset + 1) + ")");
        this.offset = offset;
    }

    /** Where the text went wrong, in characters from its start. */
    public int offset() {
        return offset;
    }
}
