// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

/** Commands and replies over a wire. For one thread. */
final class Talk {
    private static final String LINE_END = "\r\n";

    /** Octets of a message that are read at once. */
    private static final int CHUNK = 16 * 1024;

    private final Wire wire;
    private final ReplyReader reader;
    private final byte[] chunk = new byte[CHUNK];

    Talk(Wire wire) {
        this.wire = wire;
        this.reader = new ReplyReader(wire);
    }

    Wire wire() {
        return wire;
    }

    /** Room for octets of the message that is under way. */
    byte[] chunk() {
        return chunk;
    }

    /** Says one command and waits for its reply. */
    Reply ask(Stage stage, String command) throws TalkException {
        quiet(stage);
        say(stage, command);
        send(stage);
        return reply(stage);
    }

    /** Appends a command to what goes out next. */
    void say(Stage stage, String command) throws TalkException {
        if (command.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw TalkException.unusable(new Fate.Never(
                    "5.5.2", "a control character stands in what is to be said at " + stage.words(), Fate.Chance.NONE));
        }
        wire.write(command);
        wire.write(LINE_END);
    }

    /** Sends all that was said; the time of the stage runs from here. */
    void send(Stage stage) throws TalkException {
        wire.enter(stage);
        wire.flush();
    }

    /**
     * The reply that is due.
     *
     * @throws TalkException also for 421, which ends a talk anywhere (RFC 5321 §3.8)
     */
    Reply reply(Stage stage) throws TalkException {
        wire.enter(stage);
        Reply reply = reader.read(stage);
        if (reply.code() == Reply.CLOSING) {
            throw TalkException.said(reply);
        }
        return reply;
    }

    /**
     * Nothing is due now. A server that says something all the same would be taken at its word for a command that it has not seen.
     *
     * @throws TalkException with what it said; a 421 is its right
     */
    void quiet(Stage stage) throws TalkException {
        if (wire.inputWaiting()) {
            throw TalkException.outOfTurn(stage, reply(stage).text());
        }
    }
}
