// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import org.wildpost.adapter.login.Introduction;
import org.wildpost.adapter.net.Connection;
import org.wildpost.adapter.net.Conversation;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.mime.MimeIndexer;

/** What an IMAP listener does with each connection (RFC 9051 §3). Safe for all threads. */
public final class ImapConversation implements Conversation {
    private final ImapSettings settings;
    private final Endpoints<ImapListener> endpoints;
    private final MessageIndexer indexer;
    private final AnswerCache answers;
    private final RecentMarks recents = new RecentMarks();

    /** A conversation that indexes what is appended as everything that comes in is indexed. */
    ImapConversation(ImapSettings settings, Endpoints<ImapListener> endpoints, AnswerCache answers) {
        this(settings, endpoints, MimeIndexer::index, answers);
    }

    ImapConversation(
            ImapSettings settings, Endpoints<ImapListener> endpoints, MessageIndexer indexer, AnswerCache answers) {
        this.answers = answers;
        this.settings = settings;
        this.endpoints = endpoints;
        this.indexer = indexer;
    }

    @Override
    public void run(Connection connection) throws IOException {
        Introduction introduction = Introduction.of(endpoints, settings.hostname());
        new ImapSession(connection, settings.with(introduction), endpoints, indexer, answers, recents).run();
    }
}
