// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.jdbc;

/** The database failed: a fault, never an ordinary refusal. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseException(Exception cause) {
        super(cause);
    }
}
