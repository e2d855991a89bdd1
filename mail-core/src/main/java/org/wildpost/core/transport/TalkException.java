// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A talk cannot go on: the network failed, time ran out, or the peer said what no server may say. */
final class TalkException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Bad connection (RFC 3463 §3.5). */
    private static final String BAD_CONNECTION = "4.4.2";

    /** Other or undefined protocol status (RFC 3463 §3.6). */
    private static final String PROTOCOL = "4.5.0";

    private final transient Fate fate;
    private final boolean said;

    private TalkException(Fate fate, boolean said, Throwable cause) {
        super(fate.text(), cause);
        this.fate = fate;
        this.said = said;
    }

    private TalkException(Fate fate, boolean said) {
        super(fate.text());
        this.fate = fate;
        this.said = said;
    }

    /** What it means for a message of which nothing was taken. */
    Fate fate() {
        return fate;
    }

    /** Whether the peer itself said it, in a reply. */
    boolean said() {
        return said;
    }

    /** The host cannot be used, for a reason of its own. */
    static TalkException unusable(Fate fate) {
        return new TalkException(fate, false);
    }

    /** The peer ends the talk: 421 (RFC 5321 §3.8), or a refusal of what cannot be refused. */
    static TalkException said(Reply reply) {
        String status = reply.permanent() ? PROTOCOL : reply.status();
        return new TalkException(Fate.hostFails(status, reply.text()), true);
    }

    static TalkException closed(Stage stage) {
        return new TalkException(
                Fate.hostFails(BAD_CONNECTION, "the host closed the connection at " + stage.words()), false);
    }

    static TalkException lost(Stage stage, IOException cause) {
        String text = "the connection was lost at " + stage.words() + ": " + OneLine.of(cause);
        return new TalkException(Fate.hostFails(BAD_CONNECTION, text), false, cause);
    }

    static TalkException expired(Stage stage, Wire wire) {
        boolean all = wire.shipmentOver();
        long seconds = Math.max(
                1,
                TimeUnit.MILLISECONDS.toSeconds(
                        all
                                ? wire.settings().shipment().toMillis()
                                : wire.settings().patience(stage).toMillis()));
        String text = all
                ? "the host was too slow: " + seconds + " s for a message were over at " + stage.words()
                : "the host took longer than " + seconds + " s for " + stage.words();
        return new TalkException(Fate.hostFails(BAD_CONNECTION, text), false);
    }

    static TalkException garbage(Stage stage, String detail) {
        return new TalkException(
                Fate.hostFails(PROTOCOL, "what the host said at " + stage.words() + " is not SMTP: " + detail), false);
    }

    static TalkException outOfTurn(Stage stage, String words) {
        return new TalkException(
                Fate.hostFails(PROTOCOL, "the host spoke out of turn before " + stage.words() + ": " + words), false);
    }
}
