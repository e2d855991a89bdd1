// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Starts a PostgreSQL before Arquillian starts a server that wants one, and tells both where they are; it ends with the virtual machine. */
public final class DatabaseForArquillian implements LauncherSessionListener {
    private static final AtomicBoolean STARTED = new AtomicBoolean();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        // Maven itself only looks which tests there are, to share them out.
        boolean runs = System.getProperty("wildpost.it.work") != null;
        if (runs && STARTED.compareAndSet(false, true)) {
            try {
                start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void start() throws IOException {
        // It ends itself with the virtual machine.
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        int offset = Instance.freeOffset();
        System.setProperty("wildpost.it.arquillian.offset", String.valueOf(offset));
        System.setProperty("wildpost.it.arquillian.management", String.valueOf(9990 + offset));
        System.setProperty(
                "wildpost.it.arquillian.db", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres");
    }
}
