// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.fault.FaultLog;

/**
 * Endpoints of the container, one per question. Safe for all threads.
 *
 * @param <L> the listener type
 */
public final class MessageEndpoints<L> implements Endpoints<L> {
    private static final Logger LOG = System.getLogger("org.wildpost.net");
    private static final FaultLog FAULTS = new FaultLog(LOG);

    /** How long a question may wait for the application to be there, milliseconds. */
    private static final long WAIT_MILLIS = 2_000;

    private final MessageEndpointFactory factory;
    private final Class<L> type;

    public MessageEndpoints(MessageEndpointFactory factory, Class<L> type) {
        this.factory = factory;
        this.type = type;
    }

    @Override
    public <T extends @Nullable Object> T ask(Function<L, T> question) {
        MessageEndpoint endpoint = endpoint();
        try {
            return question.apply(type.cast(endpoint));
        } catch (RuntimeException e) {
            // Whatever the container throws (a fault in a bean, suspended, undeployed): an expected answer is a value.
            FAULTS.write(Level.WARNING, "A question was not answered", e);
            throw new ServiceUnavailableException(e);
        } finally {
            release(endpoint);
        }
    }

    private MessageEndpoint endpoint() {
        try {
            // Mail needs no transaction that the adapter takes part in.
            return factory.createEndpoint(null, WAIT_MILLIS);
        } catch (ResourceException | RuntimeException e) {
            throw new ServiceUnavailableException(e);
        }
    }

    private static void release(MessageEndpoint endpoint) {
        try {
            endpoint.release();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "An endpoint was not released", e);
        }
    }
}
