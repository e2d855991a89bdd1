// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.message.Spool;

/** A mail transaction under way (RFC 5321 §3.3): from MAIL to the end of data. For the session's thread. */
final class Transaction implements AutoCloseable {
    private final ReversePath reversePath;
    private final MailOptions options;
    private final long declaredSize;
    private final List<ForwardPath> recipients = new ArrayList<>();
    private @Nullable Chunks chunks;

    /** A message that comes in chunks (RFC 3030 §2). */
    record Chunks(Spool spool, DataReader reader) {}

    Transaction(ReversePath reversePath, MailOptions options, long declaredSize) {
        this.reversePath = reversePath;
        this.options = options;
        this.declaredSize = declaredSize;
    }

    ReversePath reversePath() {
        return reversePath;
    }

    MailOptions options() {
        return options;
    }

    /** Octets of the message as MAIL declared them, 0 when it did not. */
    long declaredSize() {
        return declaredSize;
    }

    List<ForwardPath> recipients() {
        return recipients;
    }

    @Nullable
    Chunks chunks() {
        return chunks;
    }

    void begin(Chunks first) {
        chunks = first;
    }

    @Override
    public void close() {
        Chunks begun = chunks;
        if (begun != null) {
            try {
                begun.spool().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
