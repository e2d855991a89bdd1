// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one demo server that all of them share; it is started for the first and stopped after the last. */
public final class DemoServer implements ParameterResolver {
    /** Soon at first, for tests that wait for it. */
    private static final String RETRIES = "2s,2s,2s,2s,2s,2s,2s,2s,5m";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Instance.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(DemoServer.class))
                .getOrComputeIfAbsent("demo", key -> new Held(start()), Held.class)
                .instance();
    }

    private static Instance start() {
        try {
            Path data = Path.of(System.getProperty("wildpost.it.work"))
                    .resolve("demo-" + ProcessHandle.current().pid());
            Map<String, String> environment =
                    Map.of("WILDPOST_HOSTNAME", "mail.demo.test", "WILDPOST_QUEUE_RETRIES", RETRIES);
            return Instance.start(data, Instance.freeOffset(), environment, "--demo");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private record Held(Instance instance) implements AutoCloseable {
        @Override
        public void close() {
            instance.close();
        }
    }
}
