// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

/** Whether the launcher was told to stop; asked at every wait of a start. Safe for all threads. */
final class Told {
    private volatile boolean toStop;

    /** There is no sense in going on with a start. */
    static final class ToStopException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    void toStop() {
        toStop = true;
    }

    boolean stop() {
        return toStop;
    }

    /**
     * A point of a start at which it can end.
     *
     * @throws ToStopException when it shall
     */
    void goOn() throws ToStopException {
        if (toStop) {
            throw new ToStopException();
        }
    }
}
