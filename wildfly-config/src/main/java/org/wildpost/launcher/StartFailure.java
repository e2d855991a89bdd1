// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

/** The server cannot start or go on, for a reason that the person in front of it can mend; the message says what, where and how, in one line. */
final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
