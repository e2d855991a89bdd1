// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view;

/** The message was moved or removed while it was looked at; shown as the page for 404. */
public final class MessageGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MessageGone() {
        super("the message is gone", null, false, false);
    }
}
