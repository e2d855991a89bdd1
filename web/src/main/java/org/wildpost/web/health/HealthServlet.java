// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.health;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.wildpost.ejb.settings.ServerHealth;

/** {@code GET /health/live}: the server runs; {@code GET /health/ready}: it can do its work, or 503 with what is missing. */
@WebServlet(urlPatterns = {"/health/ready", "/health/live"})
public class HealthServlet extends HttpServlet {
    @Inject
    transient ServerHealth health;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().endsWith("/live")) {
            answer(response, HttpServletResponse.SC_OK, "{\"status\":\"up\"}");
            return;
        }
        ServerHealth.Report report = health.check();
        answer(
                response,
                report.ready() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                "{\"status\":\"%s\",\"database\":%b,\"started\":%b,\"listeners\":%b}"
                        .formatted(
                                report.ready() ? "ready" : "not ready",
                                report.database(),
                                report.started(),
                                report.listeners()));
    }

    private static void answer(HttpServletResponse response, int status, String json) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }
}
