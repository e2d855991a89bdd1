// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The services of a peer's Postfix (master(5)): one port, and none of them in a chroot. */
final class PostfixServices {
    private PostfixServices() {}

    /**
     * Writes master.cf.
     *
     * @param client what delivers: {@code smtp} or {@code lmtp}
     */
    static void write(Path folder, int port, String client) throws IOException {
        Files.writeString(folder.resolve("master.cf"), """
                127.0.0.1:%1$d inet n - n - - smtpd
                cleanup unix n - n - 0 cleanup
                qmgr unix n - n 300 1 qmgr
                tlsmgr unix - - n 1000? 1 tlsmgr
                rewrite unix - - n - - trivial-rewrite
                bounce unix - - n - 0 bounce
                defer unix - - n - 0 bounce
                trace unix - - n - 0 bounce
                verify unix - - n - 1 verify
                flush unix n - n 1000? 0 flush
                proxymap unix - - n - - proxymap
                showq unix n - n - - showq
                error unix - - n - - error
                retry unix - - n - - error
                discard unix - - n - - discard
                %2$s unix - - n - - %2$s
                anvil unix - - n - 1 anvil
                scache unix - - n - 1 scache
                postlog unix-dgram n - n - 1 postlogd
                """.formatted(port, client));
    }
}
