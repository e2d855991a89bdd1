// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view;

import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps nothing of the pages that strangers see: whoever asks for them again and again would fill the memory with sessions. They
 * declare it in their templates besides, which are read later: what a form sends back is taken by a page that was not made here.
 */
public final class StatelessPages extends ViewHandlerWrapper {
    public StatelessPages(ViewHandler wrapped) {
        super(wrapped);
    }

    @Override
    public @Nullable UIViewRoot createView(FacesContext context, String viewId) {
        UIViewRoot root = getWrapped().createView(context, viewId);
        if (root != null && isStateless(viewId)) {
            // Before the page is built: what listens to the rendering would make a session for a page that may have
            // state.
            root.setTransient(true);
        }
        return root;
    }

    static boolean isStateless(String viewId) {
        return viewId.equals("/login.xhtml") || viewId.startsWith("/WEB-INF/errorpages/");
    }
}
