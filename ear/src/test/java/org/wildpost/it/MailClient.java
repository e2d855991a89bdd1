// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.util.Properties;

/** Angus Mail, the way an application uses it. */
final class MailClient {
    private MailClient() {}

    /** Properties that trust the self-signed certificate of the server under test. */
    static Session session(Instance server) {
        Properties properties = new Properties();
        for (String protocol : new String[] {"imaps", "smtps", "pop3s", "smtp"}) {
            properties.setProperty("mail." + protocol + ".ssl.trust", "*");
            properties.setProperty("mail." + protocol + ".ssl.checkserveridentity", "false");
            properties.setProperty("mail." + protocol + ".timeout", "20000");
            properties.setProperty("mail." + protocol + ".connectiontimeout", "20000");
        }
        properties.setProperty("mail.smtps.auth", "true");
        properties.setProperty("mail.smtps.port", String.valueOf(server.port(465)));
        return Session.getInstance(properties);
    }

    /** A connected IMAP store of an owner. */
    static Store imap(Instance server, String user) throws MessagingException {
        Store store = session(server).getStore("imaps");
        store.connect("127.0.0.1", server.port(993), user, "wildpost");
        return store;
    }

    /** The INBOX of a connected store, open. */
    static Folder inbox(Store store, int mode) throws MessagingException {
        Folder inbox = store.getFolder("INBOX");
        inbox.open(mode);
        return inbox;
    }
}
