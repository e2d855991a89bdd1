// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Starts a PostgreSQL before Arquillian starts a server that wants one, and tells both where they are. */
public final class DatabaseForArquillian implements LauncherSessionListener {
    private @Nullable EmbeddedPostgres postgres;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getProperty("wildpost.it.work") == null) {
            // Maven itself only looks which tests there are, to share them out.
            return;
        }
        try {
            EmbeddedPostgres started = EmbeddedPostgres.start();
            postgres = started;
            int offset = Instance.freeOffset();
            System.setProperty("wildpost.it.arquillian.offset", String.valueOf(offset));
            System.setProperty("wildpost.it.arquillian.management", String.valueOf(9990 + offset));
            System.setProperty(
                    "wildpost.it.arquillian.db", "jdbc:postgresql://127.0.0.1:" + started.getPort() + "/postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        EmbeddedPostgres started = postgres;
        if (started != null) {
            try {
                started.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
