// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One mail transaction (RFC 5321 §3.3): MAIL, RCPT for each recipient, the message. Its outcome is a fate for each recipient; whatever happens, nobody's
 * fate is left open. For one use and one thread.
 */
final class Transaction {
    /**
     * Octets of commands that are sent ahead of their replies (RFC 2920 §3.1): little enough that they fit into the buffers of the network, so that both sides
     * never wait in a write for each other.
     */
    static final int GROUP = 8 * 1024;

    private static final int NOBODY = -1;

    private record Command(Stage stage, String line, int recipient) {}

    private final Talk talk;
    private final Mailing mailing;
    private final Extensions extensions;
    private final MailCommands commands;
    private final boolean reset;
    private final Map<Integer, Fate> fates = new TreeMap<>();
    private boolean accepted;
    private boolean mailRefused;
    private @Nullable Reply dataReply;
    private boolean sane = true;
    private boolean complete;

    /**
     * @param reset whether an earlier transaction was left open
     */
    Transaction(Talk talk, Mailing mailing, Extensions extensions, MailCommands commands, boolean reset) {
        this.talk = talk;
        this.mailing = mailing;
        this.extensions = extensions;
        this.commands = commands;
        this.reset = reset;
    }

    /** Whether the talk can go on with another transaction. */
    boolean sane() {
        return sane;
    }

    /** Whether the server finished this transaction, so that the next needs no RSET. */
    boolean complete() {
        return complete;
    }

    /** Does it all; fates in the order of the recipients. */
    List<Fate> run() {
        ContentSender sender = new ContentSender(talk, mailing.content());
        try {
            envelope();
            if (accepted) {
                content(sender);
            } else if (dataReply != null && dataReply.code() == Reply.SEND_DATA) {
                // It wants a message for nobody. The RFC asks for a dot; an empty message that somebody gets is worse
                // than a lost connection.
                sane = false;
            }
        } catch (TalkException e) {
            sane = false;
            settle(sender.ended() && !e.said() ? mayHaveArrived(e) : e.fate());
        } catch (ContentSender.UnreadableException e) {
            sane = false;
            settle(new Fate.Later(
                    "4.3.0",
                    "the message cannot be read here: " + OneLine.of(e),
                    Fate.Scope.MESSAGE,
                    Fate.Chance.NONE));
        }
        return List.copyOf(fates.values());
    }

    /** The end was sent and no answer came: it is sent again rather than lost (RFC 1047). */
    private static Fate mayHaveArrived(TalkException e) {
        return new Fate.Later(
                e.fate().status(),
                OneLine.of("the message was sent and may have arrived, and it will be sent again: "
                        + e.fate().text()),
                Fate.Scope.MESSAGE,
                Fate.Chance.NONE);
    }

    private void envelope() throws TalkException {
        List<Command> all = commands();
        boolean pipelining = extensions.has(Extension.PIPELINING);
        int next = 0;
        while (next < all.size() && !mailRefused) {
            int end = pipelining ? groupEnd(all, next) : next + 1;
            if (all.get(next).stage() == Stage.DATA && !accepted) {
                return;
            }
            talk.quiet(all.get(next).stage());
            for (Command command : all.subList(next, end)) {
                talk.say(command.stage(), command.line());
            }
            talk.send(all.get(next).stage());
            for (Command command : all.subList(next, end)) {
                answered(command, talk.reply(command.stage()));
            }
            next = end;
        }
    }

    private List<Command> commands() {
        List<Command> all = new ArrayList<>(mailing.recipients().size() + 3);
        if (reset) {
            all.add(new Command(Stage.RESET, "RSET", NOBODY));
        }
        all.add(new Command(Stage.MAIL, commands.mail(), NOBODY));
        for (int i = 0; i < mailing.recipients().size(); i++) {
            all.add(new Command(
                    Stage.RECIPIENT, commands.recipient(mailing.recipients().get(i)), i));
        }
        if (!mailing.binary()) {
            all.add(new Command(Stage.DATA, "DATA", NOBODY));
        }
        return all;
    }

    private static int groupEnd(List<Command> all, int from) {
        int octets = all.get(from).line().length();
        int end = from + 1;
        while (end < all.size() && octets + all.get(end).line().length() <= GROUP) {
            octets += all.get(end).line().length();
            end++;
        }
        return end;
    }

    private void answered(Command command, Reply reply) throws TalkException {
        switch (command.stage()) {
            case RESET -> {
                if (!reply.positive()) {
                    throw TalkException.said(reply);
                }
            }
            case MAIL -> {
                if (!reply.positive()) {
                    mailRefused = true;
                    settle(refusal(command.stage(), reply, Fate.Scope.MESSAGE));
                }
            }
            case RECIPIENT -> recipientAnswered(command.recipient(), reply);
            case DATA -> dataReply = reply;
            default -> throw new IllegalStateException(command.line());
        }
    }

    private void recipientAnswered(int recipient, Reply reply) throws TalkException {
        if (mailRefused) {
            return;
        }
        if (reply.positive()) {
            accepted = true;
        } else if (isTooMany(reply) && accepted) {
            fates.put(
                    recipient,
                    new Fate.Later("4.5.3", reply.text(), Fate.Scope.RECIPIENT, Fate.Chance.OTHER_TRANSACTION));
        } else {
            fates.put(recipient, refusal(Stage.RECIPIENT, reply, Fate.Scope.RECIPIENT));
        }
    }

    /** The transaction is full (RFC 5321 §4.5.3.1.10): 452, or 552 as older servers say. */
    private static boolean isTooMany(Reply reply) {
        return reply.code() == 452 && reply.enhanced().map("4.5.3"::equals).orElse(true)
                || reply.code() == 552 && reply.enhanced().map("5.5.3"::equals).orElse(false);
    }

    private static Fate refusal(Stage stage, Reply reply, Fate.Scope scope) throws TalkException {
        if (reply.permanent()) {
            return new Fate.Never(reply.status(), reply.text(), Fate.Chance.NONE);
        }
        if (reply.transientFailure()) {
            return new Fate.Later(reply.status(), reply.text(), scope, Fate.Chance.NONE);
        }
        throw TalkException.garbage(stage, reply.text());
    }

    private void content(ContentSender sender) throws TalkException, ContentSender.UnreadableException {
        Reply begin = dataReply;
        if (begin != null && begin.code() != Reply.SEND_DATA) {
            settle(refusal(Stage.DATA, begin, Fate.Scope.MESSAGE));
            return;
        }
        ContentSender.Answer answer = mailing.binary() ? sender.sendBinary() : sender.sendText();
        Reply reply = answer.reply();
        sane = answer.inTurn();
        complete = sane;
        if (reply.positive()) {
            boolean dsn = extensions.has(Extension.DSN);
            settle(new Fate.Taken(reply.status(), reply.text(), dsn, commands.deadlineWatched()));
        } else {
            settle(refusal(Stage.END_OF_DATA, reply, Fate.Scope.MESSAGE));
        }
    }

    /** Everybody whose fate is open shares this one. */
    private void settle(Fate fate) {
        for (int i = 0; i < mailing.recipients().size(); i++) {
            fates.putIfAbsent(i, fate);
        }
    }
}
