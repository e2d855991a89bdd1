// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.health;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.ejb.settings.ServerHealth;

@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
class HealthServletTest {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;

    @ParameterizedTest
    @CsvSource({
        "true,  true,  true,  200",
        "false, true,  true,  503",
        "true,  false, true,  503",
        "true,  true,  false, 503"
    })
    void isReadyWhenAllOfItIs(boolean database, boolean started, boolean listeners, int expected) throws IOException {
        get("/health/ready", new ServerHealth.Report(database, started, listeners));

        assertThat(status).isEqualTo(expected);
        assertThat(body.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"status\":\"%s\",\"database\":%b,\"started\":%b,\"listeners\":%b}"
                        .formatted(expected == 200 ? "ready" : "not ready", database, started, listeners));
    }

    @Test
    void isLiveWithoutLooking() throws IOException {
        get("/health/live", null);

        assertThat(status).isEqualTo(200);
    }

    private void get(String path, ServerHealth.Report report) throws IOException {
        HealthServlet servlet = new HealthServlet();
        servlet.health = new ServerHealth() {
            @Override
            public Report check() {
                if (report == null) {
                    throw new AssertionError("was asked");
                }
                return report;
            }
        };
        servlet.doGet(fake(HttpServletRequest.class, path), fake(HttpServletResponse.class, path));
    }

    private <T> T fake(Class<T> type, String path) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "setStatus" -> status = (Integer) arguments[0];
                        case "getServletPath" -> {
                            return path;
                        }
                        case "getOutputStream" -> {
                            return new Body();
                        }
                        default -> {}
                    }
                    return null;
                }));
    }

    private final class Body extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int octet) {
            body.write(octet);
        }
    }
}
