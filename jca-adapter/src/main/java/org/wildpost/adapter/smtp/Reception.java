// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.wildpost.adapter.net.Connection;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.fault.FaultLog;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpListener;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.Spool;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.BinaryParts;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeIndexer;

/**
 * Takes the octets of messages and has them delivered. In LMTP each recipient gets a reply (RFC 2033 §4.2), in SMTP the message one. A binary message
 * (RFC 3030 §3) becomes one of lines here, so that nobody behind this sees a CR or LF that stands alone. For the session's thread.
 */
final class Reception {
    private static final FaultLog FAULTS = new FaultLog(System.getLogger(Reception.class.getName()));

    /** Received fields at which a message goes in circles (RFC 5321 §6.3). */
    static final int MAX_HOPS = 100;

    private final Connection connection;
    private final Endpoints<SmtpListener> endpoints;
    private final SmtpSettings settings;
    private final InstantSource clock;

    Reception(Connection connection, Endpoints<SmtpListener> endpoints, SmtpSettings settings, InstantSource clock) {
        this.connection = connection;
        this.endpoints = endpoints;
        this.settings = settings;
        this.clock = clock;
    }

    /** Takes what follows the go-ahead to DATA. */
    List<SmtpReply> data(Transaction now, SmtpClient client) throws IOException {
        connection.idleTimeout(settings.limits().dataTime());
        DataReader reader = reader();
        try (Spool spool = spool()) {
            reader.copyUntilDot(spool);
            return endOfData(now, client, reader, spool);
        }
    }

    /** Takes a chunk (RFC 3030 §2); the replies for each recipient come with the last one. */
    List<SmtpReply> chunk(Transaction now, SmtpCommand.Chunk chunk, SmtpClient client) throws IOException {
        connection.idleTimeout(settings.limits().dataTime());
        Transaction.Chunks chunks = now.chunks();
        if (chunks == null) {
            chunks = new Transaction.Chunks(spool(), reader());
            now.begin(chunks);
        }
        chunks.reader().copy(chunk.size(), chunks.spool());
        if (chunk.last()) {
            return endOfData(now, client, chunks.reader(), chunks.spool());
        }
        return List.of(
                chunks.reader().tooBig()
                        ? SmtpReply.TOO_BIG
                        : SmtpReply.ok("2.0.0", chunk.size() + " octets received"));
    }

    /** Reads a chunk away that is refused: its octets come whatever the answer is (RFC 3030 §2). */
    void skip(SmtpCommand.Chunk chunk) throws IOException {
        connection.idleTimeout(settings.limits().dataTime());
        reader().copy(chunk.size(), OutputStream.nullOutputStream());
    }

    /** Whatever fails from here on is ours: the client has said all, and comes again. */
    private List<SmtpReply> endOfData(Transaction now, SmtpClient client, DataReader reader, Spool spool) {
        if (reader.tooBig()) {
            return each(now, SmtpReply.TOO_BIG);
        }
        try {
            return take(now, client, spool);
        } catch (IOException e) {
            FAULTS.write(Level.ERROR, "A message could not be kept", e);
            return each(now, SmtpReply.NO_ROOM);
        }
    }

    private List<SmtpReply> take(Transaction now, SmtpClient client, Spool spool) throws IOException {
        try (SpooledMessage message = spool.finish()) {
            MessageIndex index = MimeIndexer.index(message);
            boolean binary = now.options().body() == MailOptions.Body.BINARY;
            return binary && BinaryParts.areIn(index.root())
                    ? binary(now, client, message, index)
                    : deliver(now, client, message, index);
        }
    }

    private List<SmtpReply> binary(Transaction now, SmtpClient client, SpooledMessage message, MessageIndex index)
            throws IOException {
        try (Spool spool = spool()) {
            BinaryParts.encode(message, index.root(), spool);
            try (SpooledMessage lines = spool.finish()) {
                return deliver(now, client, lines, MimeIndexer.index(lines));
            }
        }
    }

    private List<SmtpReply> deliver(Transaction now, SmtpClient client, SpooledMessage message, MessageIndex index) {
        if (index.bareLineEnds()) {
            return each(now, SmtpReply.BARE_LINE_ENDS);
        }
        if (index.hops() >= MAX_HOPS) {
            return each(now, SmtpReply.LOOP);
        }
        MailOptions options = now.options().body() == MailOptions.Body.BINARY
                ? now.options().withBody(MailOptions.Body.EIGHT_BIT)
                : now.options();
        SmtpEnvelope envelope = new SmtpEnvelope(client, now.reversePath(), now.recipients(), clock.instant(), options);
        if (!isLmtp()) {
            return List.of(reply(endpoints.ask(listener -> listener.deliver(envelope, message, index))));
        }
        try {
            List<SmtpVerdict> verdicts = endpoints.ask(listener -> listener.deliverEach(envelope, message, index));
            return verdicts.size() == now.recipients().size()
                    ? verdicts.stream().map(this::reply).toList()
                    : each(now, SmtpReply.TRY_LATER);
        } catch (Endpoints.ServiceUnavailableException e) {
            return each(now, SmtpReply.TRY_LATER);
        }
    }

    private SmtpReply reply(SmtpVerdict verdict) {
        SmtpReply reply = SmtpReply.of(verdict, "2.0.0", "delivered");
        return isLmtp() ? reply.uncounted() : reply;
    }

    /** One reply for the message, or the same for each of its recipients. */
    private List<SmtpReply> each(Transaction now, SmtpReply reply) {
        return isLmtp() ? Collections.nCopies(now.recipients().size(), reply.uncounted()) : List.of(reply);
    }

    private boolean isLmtp() {
        return settings.service() == SmtpService.LMTP;
    }

    private DataReader reader() {
        return new DataReader(connection, settings.limits().messageSize());
    }

    private Spool spool() {
        return new Spool(settings.spoolDirectory(), Spool.DEFAULT_MEMORY_THRESHOLD);
    }
}
