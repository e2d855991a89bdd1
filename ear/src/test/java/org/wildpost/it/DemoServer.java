// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the demo server that all of them in one virtual machine share; it is started for the first and stopped with the machine, for where several
 * machines share the tests every class is a run of its own.
 */
public final class DemoServer implements ParameterResolver {
    /** Soon at first, for tests that wait for it. */
    private static final String RETRIES = "2s,2s,2s,2s,2s,2s,2s,2s,5m";

    private static @Nullable Instance shared;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Instance.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return shared();
    }

    private static synchronized Instance shared() {
        Instance one = shared;
        if (one == null) {
            one = start();
            shared = one;
            Runtime.getRuntime().addShutdownHook(new Thread(one::close, "demo server's end"));
        }
        return one;
    }

    private static Instance start() {
        try {
            Path data = Path.of(System.getProperty("wildpost.it.work"))
                    .resolve("demo-" + ProcessHandle.current().pid());
            // It lives long enough to be compiled well, as a person's server is.
            Map<String, String> environment = Map.of(
                    "WILDPOST_HOSTNAME", "mail.demo.test", "WILDPOST_QUEUE_RETRIES", RETRIES, Instance.JVM_OPTIONS, "");
            return Instance.start(data, Instance.freeOffset(), environment, "--demo");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
