// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.session;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.wildpost.ejb.admin.FirstVisit;

/** Lets in who may see a path, sends strangers to the login and everybody to the set-up of a new server, and sets the headers that every answer carries. */
@WebFilter(filterName = "access", urlPatterns = "/*", asyncSupported = true)
public final class AccessFilter extends HttpFilter {
    /** A session ends when its person did nothing for so long; looking for new mail by itself is not doing something. */
    static final Duration IDLE = Duration.ofMinutes(60);

    /** Marks the requests that a page sends by itself. */
    static final String BACKGROUND = "wildpost.background";

    /** How old what a session knows of its account may be. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(20);

    private static final String LAST_LOOK = AccessFilter.class.getName() + ".lastLook";
    private static final String LAST_USE = AccessFilter.class.getName() + ".lastUse";
    private static final String SETUP = "/setup";
    private static final String POLICY =
            "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    @Inject
    SignIn signIn;

    @Inject
    FirstVisit visit;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getServletPath()
                + Optional.ofNullable(request.getPathInfo()).orElse("");
        setHeaders(path, response);
        if (path.isEmpty() || path.equals("/") || path.equals("/mail") || path.equals("/mail/")) {
            response.sendRedirect(request.getContextPath() + LocalPath.HOME);
            return;
        }
        Access access = Access.of(path);
        if (!access.isPage()) {
            chain.doFilter(request, response);
            return;
        }
        if (Sites.mayNot(request.getMethod(), request.getHeader(Sites.FIELD))) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        boolean first = visit.expected();
        if (first != (access == Access.SETUP)) {
            response.sendRedirect(request.getContextPath() + (first ? SETUP : LocalPath.HOME));
            return;
        }
        endIdleSession(request);
        renewStanding(request);
        Optional<Owner> owner = CurrentOwner.of(request);
        if (access.allows(owner)) {
            chain.doFilter(request, response);
        } else if (owner.isPresent()) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            toLogin(path, request, response);
        }
    }

    private static void setHeaders(String path, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        // Pages get their script policy from the page library as a second header; both hold.
        response.setHeader("Content-Security-Policy", POLICY);
        if (!path.startsWith("/jakarta.faces.resource/")) {
            response.setHeader("Cache-Control", "no-store");
        }
    }

    private static void endIdleSession(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return;
        }
        long now = System.nanoTime();
        boolean idle = session.getAttribute(LAST_USE) instanceof Long last && now - last > IDLE.toNanos();
        if (idle) {
            session.invalidate();
        } else if (!isBackground(request)) {
            session.setAttribute(LAST_USE, now);
        }
    }

    /** A session ends soon after its account was disabled, and loses administration soon after its owner did. */
    private void renewStanding(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        Optional<Owner> owner = CurrentOwner.of(request);
        if (session == null || owner.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        if (session.getAttribute(LAST_LOOK) instanceof Long last && now - last < LOOK_AGAIN.toNanos()) {
            return;
        }
        Optional<Owner> standing = signIn.standing(owner.get());
        if (standing.isEmpty()) {
            session.invalidate();
        } else {
            session.setAttribute(Owner.ATTRIBUTE, standing.get());
            session.setAttribute(LAST_LOOK, now);
        }
    }

    /** Asks for the parameter only where it can be: reading an upload here would take it from the page. */
    private static boolean isBackground(HttpServletRequest request) {
        String type = Optional.ofNullable(request.getContentType()).orElse("");
        return type.startsWith("application/x-www-form-urlencoded")
                && isAjax(request)
                && "true".equals(request.getParameter(BACKGROUND));
    }

    private static boolean isAjax(HttpServletRequest request) {
        return "partial/ajax".equals(request.getHeader("Faces-Request"));
    }

    private static void toLogin(String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String login = request.getContextPath() + "/login";
        if (isAjax(request)) {
            response.setContentType("text/xml");
            response.setCharacterEncoding("UTF-8");
            response.getWriter()
                    .write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\"" + login
                            + "?expired=true\"/></partial-response>");
        } else if (request.getMethod().equals("GET")) {
            String query = request.getQueryString();
            String asked = LocalPath.of(query == null ? path : path + "?" + query);
            String back =
                    asked.equals(LocalPath.HOME) ? "" : "?next=" + URLEncoder.encode(asked, StandardCharsets.UTF_8);
            response.sendRedirect(login + back);
        } else {
            response.sendRedirect(login + "?expired=true");
        }
    }
}
