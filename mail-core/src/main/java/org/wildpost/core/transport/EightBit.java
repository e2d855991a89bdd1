// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.io.IOException;
import java.io.InputStream;
import org.wildpost.core.mime.SevenBitForm;

/**
 * 8-bit text for a host that does not offer 8BITMIME (RFC 6152 §3): it is sent in seven bits when another encoding breaks nothing, and comes back with 5.6.3 otherwise, unless another host
 * of the domain can take it. It never goes out as it is, for the host may clear the eighth bit, and it is never converted under a signature: what is signed comes back, so that nobody
 * gets mail that seems forged. Signers that want to reach such hosts encode before they sign (RFC 6376 §5.3), as submission does here.
 */
final class EightBit {
    /** Conversion required but not supported (RFC 3463 §3.7). */
    private static final String NOT_CONVERTED = "5.6.3";

    private EightBit() {}

    /** What came of it. */
    sealed interface Outcome {
        /** So it can go. */
        record Fit(Mailing mailing) implements Outcome {}

        /** So it cannot. */
        record Unfit(Fate fate) implements Outcome {}
    }

    /** The message as the host can take it. */
    static Outcome fit(Mailing mailing, Extensions extensions) {
        if (!mailing.needsEight() || mailing.binary() || extensions.has(Extension.EIGHT_BIT)) {
            return new Outcome.Fit(mailing);
        }
        if (mailing.needsUtf8()) {
            // RFC 6531 §3.1 wants both to be offered; a header cannot be encoded.
            return unfit("has a header or addresses in UTF-8");
        }
        Mailing.Content content = mailing.content();
        try {
            return switch (SevenBitForm.of(content::open, content.size())) {
                case SevenBitForm.Outcome.Converted(SevenBitForm form) ->
                    new Outcome.Fit(mailing.inSevenBits(new Form(form)));
                case SevenBitForm.Outcome.Impossible(String reason) -> unfit(reason);
            };
        } catch (IOException e) {
            return new Outcome.Unfit(new Fate.Later(
                    "4.3.0",
                    "the message cannot be read here: " + OneLine.of(e),
                    Fate.Scope.MESSAGE,
                    Fate.Chance.NONE));
        }
    }

    private static Outcome unfit(String reason) {
        return new Outcome.Unfit(new Fate.Never(
                NOT_CONVERTED,
                OneLine.of("the host does not offer 8BITMIME, and the message " + reason),
                Fate.Chance.OTHER_HOST));
    }

    private record Form(SevenBitForm form) implements Mailing.Content {
        @Override
        public long size() {
            return form.size();
        }

        @Override
        public InputStream open() throws IOException {
            return form.open();
        }
    }
}
