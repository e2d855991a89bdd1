// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.session;

import java.util.List;
import java.util.Optional;

/** Which path needs what; a path that is not named needs a login. */
enum Access {
    /** Everybody: what pages are drawn with. */
    OPEN,
    /** Machines, not browsers: what checks for itself who asks. */
    MACHINE,
    /** Everybody, while nobody has set the server up. */
    SETUP,
    /** Everybody. */
    LOGIN,
    /** Whoever is logged in. */
    OWNER,
    /** Administrators. */
    ADMINISTRATOR;

    private static final List<String> OPEN_PATHS = List.of("/favicon.ico", "/robots.txt");
    private static final List<String> OPEN_TREES = List.of("/jakarta.faces.resource/", "/.well-known/");
    private static final List<String> MACHINE_TREES = List.of("/health/", "/admin/api/");

    static Access of(String path) {
        if (MACHINE_TREES.stream().anyMatch(path::startsWith) || path.equals("/health")) {
            return MACHINE;
        }
        if (OPEN_PATHS.contains(path) || OPEN_TREES.stream().anyMatch(path::startsWith)) {
            return OPEN;
        }
        if (path.equals("/setup") || path.equals("/setup.xhtml")) {
            return SETUP;
        }
        if (path.equals("/login") || path.equals("/login.xhtml")) {
            return LOGIN;
        }
        return path.equals("/admin") || path.startsWith("/admin/") ? ADMINISTRATOR : OWNER;
    }

    /** Whether it is a page, with a person before it. */
    boolean isPage() {
        return this != OPEN && this != MACHINE;
    }

    boolean allows(Optional<Owner> owner) {
        return switch (this) {
            case OPEN, MACHINE, SETUP, LOGIN -> true;
            case OWNER -> owner.isPresent();
            case ADMINISTRATOR -> owner.map(Owner::administrator).orElse(false);
        };
    }
}
