// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import org.wildpost.adapter.net.Connection;

/** IDLE (RFC 9051 §6.3.13, RFC 2177): this thread waits for DONE while another tells the news. */
final class IdleHandler {
    private static final int LINE = 1024;

    private final ImapContext context;

    IdleHandler(ImapContext context) {
        this.context = context;
    }

    Reply idle() throws IOException {
        context.writer().continuation("idling");
        context.writer().flush();
        Connection connection = context.connection();
        IdleNews news = IdleNews.start(context, true);
        boolean alive = false;
        try {
            String line = connection.readLine(LINE).latin1();
            alive = true;
            return line.equalsIgnoreCase("DONE") ? Reply.ok("IDLE done") : Reply.bad("DONE expected");
        } catch (Connection.LineTooLongException e) {
            alive = true;
            return Reply.bad("DONE expected");
        } catch (java.net.SocketTimeoutException e) {
            alive = true;
            throw e;
        } finally {
            news.end(alive);
        }
    }
}
