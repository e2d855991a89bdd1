// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import java.io.IOException;
import java.time.InstantSource;
import org.wildpost.adapter.login.Introduction;
import org.wildpost.adapter.net.Connection;
import org.wildpost.adapter.net.Conversation;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.listener.pop3.Pop3Listener;

/** What a POP3 listener does with each connection (RFC 1939 §3). Safe for all threads. */
public final class Pop3Conversation implements Conversation {
    private final Pop3Settings settings;
    private final Endpoints<Pop3Listener> endpoints;

    public Pop3Conversation(Pop3Settings settings, Endpoints<Pop3Listener> endpoints) {
        this.settings = settings;
        this.endpoints = endpoints;
    }

    @Override
    public void run(Connection connection) throws IOException {
        Introduction introduction = Introduction.of(endpoints, settings.hostname());
        new Pop3Session(connection, endpoints, settings.with(introduction), InstantSource.system()).run();
    }
}
