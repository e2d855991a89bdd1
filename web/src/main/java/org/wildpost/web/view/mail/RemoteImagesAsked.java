// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/** For which messages the person asked to see pictures from elsewhere; kept in the session, so that no address can ask for them. */
final class RemoteImagesAsked {
    private RemoteImagesAsked() {}

    static void ask(HttpServletRequest request, long folder, long uid) {
        request.getSession().setAttribute(key(folder, uid), true);
    }

    static boolean isAsked(HttpServletRequest request, long folder, long uid) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(key(folder, uid)) != null;
    }

    private static String key(long folder, long uid) {
        return "remote-images/" + folder + "/" + uid;
    }
}
