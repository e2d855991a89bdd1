// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.transport.Verification.Proved;

/** A connection that is ready for messages. For one thread at a time. */
public final class SmtpConnection implements AutoCloseable {
    private final Talk talk;
    private final Extensions extensions;
    private final Optional<TlsSighting.Secured> tls;
    private final InstantSource clock;
    private int transactions;
    private boolean openTransaction;
    private boolean usable = true;

    SmtpConnection(Talk talk, Extensions extensions, Optional<TlsSighting.Secured> tls, InstantSource clock) {
        this.talk = talk;
        this.extensions = extensions;
        this.tls = tls;
        this.clock = clock;
        talk.wire().rest();
    }

    /** The address called. */
    public InetSocketAddress remote() {
        return talk.wire().remote();
    }

    /** The address called from. */
    public InetAddress local() {
        return talk.wire().local();
    }

    /** TLS as it was negotiated; empty for clear text. */
    public Optional<TlsSighting.Secured> tls() {
        return tls;
    }

    /** How many transactions it has had. */
    public int transactions() {
        return transactions;
    }

    /** How many recipients a transaction may have (RFC 9422 §4.2), and never more than wanted. */
    public int recipientLimit(int wanted) {
        return Math.min(wanted, extensions.rcptMax().orElse(wanted));
    }

    /** Whether another message may follow, as far as is known: the last one left the talk in order, and the host takes more (RFC 9422 §4.1). */
    public boolean usable() {
        return usable && transactions < extensions.mailMax().orElse(Integer.MAX_VALUE);
    }

    /** Whether the host said something while nobody asked, most likely farewell. */
    public boolean stale() {
        try {
            return talk.wire().inputWaiting();
        } catch (TalkException e) {
            return true;
        }
    }

    /**
     * Hands over one message.
     *
     * @param deadline by which it is over
     * @return the fate of each recipient, in order
     */
    public List<Fate> send(Mailing mailing, Deadline deadline) {
        boolean proved = tls.map(TlsSighting.Secured::verification)
                .filter(Proved.class::isInstance)
                .isPresent();
        Optional<Fate> objection = Fitness.objection(mailing, extensions, proved, clock.instant());
        if (objection.isPresent()) {
            return all(mailing, objection.get());
        }
        return switch (EightBit.fit(mailing, extensions)) {
            case EightBit.Outcome.Unfit(Fate fate) -> all(mailing, fate);
            case EightBit.Outcome.Fit(Mailing fit) ->
                // A converted message is larger.
                Fitness.objection(fit, extensions, proved, clock.instant())
                        .map(fate -> all(fit, fate))
                        .orElseGet(() -> transact(fit, deadline));
        };
    }

    private static List<Fate> all(Mailing mailing, Fate fate) {
        return Collections.nCopies(mailing.recipients().size(), fate);
    }

    private List<Fate> transact(Mailing mailing, Deadline deadline) {
        transactions++;
        talk.wire().begin(deadline);
        MailCommands commands = new MailCommands(mailing, extensions, clock.instant());
        Transaction transaction = new Transaction(talk, mailing, extensions, commands, openTransaction);
        List<Fate> fates = transaction.run();
        openTransaction = !transaction.complete();
        usable = transaction.sane();
        if (usable) {
            talk.wire().rest();
        } else {
            close();
        }
        return fates;
    }

    /** Says farewell (RFC 5321 §4.1.1.10), waits shortly for the answer, and closes. */
    public void quit() {
        if (usable) {
            usable = false;
            try {
                talk.wire().begin(Deadline.in(talk.wire().settings().patience(Stage.QUIT)));
                talk.ask(Stage.QUIT, "QUIT");
            } catch (TalkException e) {
                System.getLogger("org.wildpost.transport").log(System.Logger.Level.TRACE, "no farewell", e);
            }
        }
        close();
    }

    /** Closes at once; for every thread. */
    @Override
    public void close() {
        talk.wire().close();
    }
}
