// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.SevenBitForm;

/**
 * 8-bit text is encoded before it is signed (RFC 6376 §5.3): nobody may do so under the signature, and at a host without 8BITMIME the message would come
 * back. What has 8-bit text in a part that is signed itself, {@code multipart/signed} or an attached message with a signature, stays as it is and is signed so: it goes to hosts with
 * 8BITMIME alone. Without state; safe for all threads.
 */
public final class BeforeSigning {
    private static final int BUFFER = 16 * 1024;

    private BeforeSigning() {}

    /** Whether a message has characters beyond ASCII anywhere; what has none is not even labelled anew. */
    public static boolean hasEightBits(SpooledMessage message) throws IOException {
        byte[] piece = new byte[BUFFER];
        try (InputStream in = message.open()) {
            for (int count = in.read(piece); count > 0; count = in.read(piece)) {
                for (int i = 0; i < count; i++) {
                    if (piece[i] < 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * The form in which to sign a message with 8-bit characters; empty when it must stay as it is.
     *
     * @param limit octets that the form may have: what was not too large must not become so
     */
    public static Optional<SevenBitForm> form(SpooledMessage message, long limit) throws IOException {
        return switch (SevenBitForm.of(message::open, message.size())) {
            case SevenBitForm.Outcome.Converted(SevenBitForm form) ->
                form.size() <= limit ? Optional.of(form) : Optional.empty();
            case SevenBitForm.Outcome.Impossible _ -> Optional.empty();
        };
    }
}
