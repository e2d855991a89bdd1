// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter;

import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** A container's endpoints: proxies of a listener that count how they are made and released. */
public final class FakeEndpointFactory implements MessageEndpointFactory {
    private final Class<?> type;
    private final Object answers;
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger released = new AtomicInteger();
    private volatile boolean suspended;

    public FakeEndpointFactory(Class<?> type, Object answers) {
        this.type = type;
        this.answers = answers;
    }

    public int created() {
        return created.get();
    }

    public int released() {
        return released.get();
    }

    public void suspend() {
        suspended = true;
    }

    @Override
    public MessageEndpoint createEndpoint(@Nullable XAResource resource) throws UnavailableException {
        if (suspended) {
            throw new UnavailableException("suspended");
        }
        created.incrementAndGet();
        return (MessageEndpoint) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type, MessageEndpoint.class}, this::invoke);
    }

    private @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == MessageEndpoint.class) {
            if (method.getName().equals("release")) {
                released.incrementAndGet();
            }
            return null;
        }
        try {
            return method.invoke(answers, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public MessageEndpoint createEndpoint(@Nullable XAResource resource, long timeout) throws UnavailableException {
        return createEndpoint(resource);
    }

    @Override
    public boolean isDeliveryTransacted(Method method) {
        return false;
    }

    @Override
    public String getActivationName() {
        return "test";
    }

    @Override
    public Class<?> getEndpointClass() {
        return answers.getClass();
    }
}
