// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import java.util.function.Function;

/**
 * The way from a session to the beans: each question gets an endpoint of its own, released when it is answered.
 * In tests, a plain object answers.
 *
 * @param <L> the listener type
 */
public interface Endpoints<L> {
    /**
     * Asks one question.
     *
     * @throws ServiceUnavailableException when the container could not answer (suspended, undeployed, or a fault in the bean)
     */
    <T extends @org.jspecify.annotations.Nullable Object> T ask(Function<L, T> question);

    /** The container could not answer; the session says 421, 451, BYE or -ERR [SYS/TEMP]. */
    final class ServiceUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public ServiceUnavailableException(Throwable cause) {
            super(cause);
        }
    }
}
