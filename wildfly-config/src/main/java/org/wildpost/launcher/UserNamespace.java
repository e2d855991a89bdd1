// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL refuses to run as root; in a user namespace of its own, root is nobody to it. Not every container lets root make one. */
final class UserNamespace {
    private static final List<String> ENTER = List.of("unshare", "-U");

    private UserNamespace() {}

    /** A command as it is to be started by whoever runs the launcher. */
    static List<String> command(List<String> command) throws IOException {
        if (!isRoot()) {
            return command;
        }
        List<String> inside = new ArrayList<>(ENTER);
        inside.addAll(command);
        return inside;
    }

    /**
     * Looks whether PostgreSQL can run.
     *
     * @throws StartFailure when root runs the launcher and may not make a namespace
     */
    static void check() throws StartFailure, IOException {
        if (isRoot()) {
            check(command(List.of("true")));
        }
    }

    /** Looks whether a command can run in a namespace. */
    static void check(List<String> probe) throws StartFailure {
        try {
            Process process = new ProcessBuilder(probe)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            if (process.waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
        throw refused(null);
    }

    private static StartFailure refused(@org.jspecify.annotations.Nullable Throwable cause) {
        String message = "PostgreSQL does not run as root, and root may not make a user namespace here ('"
                + String.join(" ", ENTER)
                + "' fails, as in most containers): start as an ordinary user, or name an outside PostgreSQL with WILDPOST_DB_URL";
        return cause == null ? new StartFailure(message) : new StartFailure(message, cause);
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }
}
