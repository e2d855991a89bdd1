// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.io.IOException;
import java.io.InputStream;

/** Sends the octets of a message and reads what the server says to them. For one message and one thread. */
final class ContentSender {
    private final Talk talk;
    private final Mailing.Content content;
    private boolean ended;

    ContentSender(Talk talk, Mailing.Content content) {
        this.talk = talk;
        this.content = content;
    }

    /**
     * @param inTurn whether it came after the message's end, and nothing behind it
     */
    record Answer(Reply reply, boolean inTurn) {}

    /** The fault is ours: the message cannot be read. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(IOException cause) {
            super(OneLine.of(cause), cause);
        }

        UnreadableException(String message) {
            super(message);
        }
    }

    /** Whether the server may have seen the message's end: from then on it may have taken it. */
    boolean ended() {
        return ended;
    }

    /** What follows the reply to DATA: lines, and a dot. */
    Answer sendText() throws TalkException, UnreadableException {
        DotStuffing stuffing = new DotStuffing(talk.wire());
        talk.wire().enter(Stage.CONTENT);
        try {
            byte[] chunk = talk.chunk();
            try (InputStream in = open()) {
                for (int length = read(in, chunk); length >= 0; length = read(in, chunk)) {
                    if (talk.wire().inputWaiting()) {
                        return early();
                    }
                    stuffing.write(chunk, length);
                }
            } catch (TalkException e) {
                throw e;
            } catch (IOException e) {
                throw new UnreadableException(e);
            }
            if (talk.wire().inputWaiting()) {
                return early();
            }
            ended = true;
            stuffing.finish();
            talk.wire().flush();
        } catch (TalkException e) {
            return lastWords(e);
        }
        return answer();
    }

    /** One chunk that holds all (RFC 3030 §2). */
    Answer sendBinary() throws TalkException, UnreadableException {
        long left = content.size();
        talk.wire().enter(Stage.CONTENT);
        try {
            talk.say(Stage.CONTENT, "BDAT " + left + " LAST");
            byte[] chunk = talk.chunk();
            try (InputStream in = open()) {
                for (int length = read(in, chunk); length >= 0; length = read(in, chunk)) {
                    left -= length;
                    if (left < 0) {
                        throw new UnreadableException("the message is longer than it says");
                    }
                    if (talk.wire().inputWaiting()) {
                        return early();
                    }
                    ended = left == 0;
                    talk.wire().write(chunk, 0, length);
                }
            } catch (TalkException e) {
                throw e;
            } catch (IOException e) {
                throw new UnreadableException(e);
            }
            if (left > 0) {
                throw new UnreadableException("the message is shorter than it says");
            }
            ended = true;
            talk.wire().flush();
        } catch (TalkException e) {
            return lastWords(e);
        }
        return answer();
    }

    private Answer answer() throws TalkException {
        Reply reply = talk.reply(Stage.END_OF_DATA);
        return new Answer(reply, !talk.wire().inputWaiting());
    }

    /** The server speaks before the message's end, which it then never sees. It may refuse what it has seen so far; it cannot have taken it. */
    private Answer early() throws TalkException {
        Reply reply = talk.reply(Stage.END_OF_DATA);
        if (reply.permanent() || reply.transientFailure()) {
            return new Answer(reply, false);
        }
        throw TalkException.outOfTurn(Stage.END_OF_DATA, reply.text());
    }

    /** The server closed while it was sent to: it may have said why. */
    private Answer lastWords(TalkException fault) throws TalkException {
        try {
            if (!fault.said() && talk.wire().inputWaiting()) {
                Reply reply = talk.reply(Stage.END_OF_DATA);
                if (reply.permanent() || reply.transientFailure()) {
                    return new Answer(reply, false);
                }
            }
        } catch (TalkException e) {
            if (e.said()) {
                throw e;
            }
        }
        throw fault;
    }

    private InputStream open() throws UnreadableException {
        try {
            return content.open();
        } catch (IOException e) {
            throw new UnreadableException(e);
        }
    }

    private static int read(InputStream in, byte[] chunk) throws UnreadableException {
        try {
            return in.read(chunk, 0, chunk.length);
        } catch (IOException e) {
            throw new UnreadableException(e);
        }
    }
}
