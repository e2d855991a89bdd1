// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.wildpost.adapter.net.Connection;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.RecipientQuestion;
import org.wildpost.core.listener.smtp.SenderQuestion;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpListener;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.Spool;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.core.sasl.Sasl;

/** One SMTP session from greeting to farewell (RFC 5321). For one thread. */
final class SmtpSession {
    /** Received fields at which a message goes in circles (RFC 5321 §6.3). */
    static final int MAX_HOPS = 100;

    /** Who the client says it is. */
    private record Greeted(String name, boolean extended) {}

    private final Connection connection;
    private final Endpoints<SmtpListener> endpoints;
    private final SmtpSettings settings;
    private final InstantSource clock;
    private final String id = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    private Optional<Greeted> greeted = Optional.empty();
    private Optional<SmtpClient.Login> login = Optional.empty();
    private @Nullable Transaction transaction;
    private int errors;
    private int loginFailures;

    SmtpSession(Connection connection, Endpoints<SmtpListener> endpoints, SmtpSettings settings, InstantSource clock) {
        this.connection = connection;
        this.endpoints = endpoints;
        this.settings = settings;
        this.clock = clock;
    }

    /** Runs to the end; returns when the session is over, throws when the client is gone. */
    void run() throws IOException {
        try {
            connection.write("220 " + settings.hostname() + " ESMTP Wildpost\r\n");
            while (proceed(next())) {
                // the reply was the last word on whether to go on
            }
        } catch (SocketTimeoutException silent) {
            write(connection.draining() ? SmtpReply.GOING_DOWN : SmtpReply.IDLE_TOO_LONG);
        } catch (DataReader.FarTooBigException tooMuch) {
            write(SmtpReply.TOO_MUCH_DATA);
        } catch (DataReader.StorageException noRoom) {
            System.getLogger("org.wildpost.smtp").log(System.Logger.Level.ERROR, "A message could not be kept", noRoom);
            write(SmtpReply.NO_ROOM);
        } finally {
            reset();
        }
        connection.flush();
    }

    private SmtpReply next() throws IOException {
        if (connection.draining() && transaction == null) {
            return SmtpReply.GOING_DOWN;
        }
        if (!connection.inputBuffered()) {
            connection.flush();
        }
        connection.idleTimeout(settings.limits().commandTime());
        try {
            return execute(SmtpParser.parse(
                    connection.readLine(settings.limits().line()).octets()));
        } catch (Connection.LineTooLongException e) {
            return SmtpReply.LINE_TOO_LONG;
        } catch (SmtpSyntaxException e) {
            return e.reply();
        } catch (Endpoints.ServiceUnavailableException e) {
            return connection.draining() ? SmtpReply.GOING_DOWN : SmtpReply.TRY_LATER;
        }
    }

    /** Writes a reply and does what it says; false at the end of the session. */
    private boolean proceed(SmtpReply reply) throws IOException {
        write(reply);
        return switch (reply.effect()) {
            case NONE -> true;
            case CLOSE -> false;
            case TLS -> {
                connection.flush();
                connection.idleTimeout(settings.limits().commandTime());
                connection.startTls();
                // RFC 3207 §4.2: what was said before is forgotten.
                greeted = Optional.empty();
                login = Optional.empty();
                reset();
                yield true;
            }
            case ERROR -> {
                errors++;
                boolean over = errors >= settings.limits().errors()
                        || loginFailures >= settings.limits().loginFailures();
                if (over) {
                    write(SmtpReply.TOO_MANY_ERRORS);
                }
                yield !over;
            }
        };
    }

    private void write(SmtpReply reply) throws IOException {
        connection.write(reply.wire());
    }

    private SmtpReply execute(SmtpCommand command) throws IOException {
        return switch (command) {
            case SmtpCommand.Hello(String name, boolean extended) -> hello(name, extended);
            case SmtpCommand.Mail mail -> mail(mail);
            case SmtpCommand.Recipient recipient -> recipient(recipient);
            case SmtpCommand.Data() -> data();
            case SmtpCommand.Chunk chunk -> chunk(chunk);
            case SmtpCommand.Auth auth -> authenticate(auth);
            case SmtpCommand.StartTls() -> startTls();
            case SmtpCommand.Reset() -> {
                reset();
                yield SmtpReply.OK;
            }
            case SmtpCommand.Noop() -> SmtpReply.OK;
            case SmtpCommand.Verify() -> SmtpReply.VERIFY;
            case SmtpCommand.Expand() -> SmtpReply.NOT_OFFERED;
            case SmtpCommand.Help() -> SmtpReply.HELP;
            case SmtpCommand.Quit() -> SmtpReply.BYE;
            case SmtpCommand.HttpRequest() -> SmtpReply.NOT_HTTP;
            case SmtpCommand.Unrecognised unknown -> SmtpReply.UNRECOGNISED;
        };
    }

    /** RFC 5321 §4.1.4: also a reset. */
    private SmtpReply hello(String name, boolean extended) {
        reset();
        greeted = Optional.of(new Greeted(name, extended));
        List<String> lines = new ArrayList<>();
        lines.add(settings.hostname());
        if (extended) {
            lines.add("PIPELINING");
            lines.add("SIZE " + settings.limits().messageSize());
            lines.add("8BITMIME");
            lines.add("ENHANCEDSTATUSCODES");
            lines.add("SMTPUTF8");
            lines.add("CHUNKING");
            if (!connection.secure()) {
                lines.add("STARTTLS");
            }
            if (authOffered() && passwordsAllowed()) {
                lines.add("AUTH " + String.join(" ", Sasl.MECHANISMS));
            }
        }
        return new SmtpReply(250, "", lines, SmtpReply.Effect.NONE);
    }

    private boolean authOffered() {
        return settings.service() == SmtpService.SUBMISSION && login.isEmpty();
    }

    private boolean passwordsAllowed() {
        return connection.secure() || settings.allowPlaintextLogin();
    }

    private SmtpReply startTls() {
        if (connection.secure()) {
            return SmtpReply.TLS_ALREADY;
        }
        // What came behind the command came from who knows whom (CVE-2011-0411).
        return connection.inputBuffered() ? SmtpReply.INJECTED : SmtpReply.START_TLS;
    }

    private SmtpReply authenticate(SmtpCommand.Auth auth) throws IOException {
        if (settings.service() != SmtpService.SUBMISSION) {
            return SmtpReply.NOT_OFFERED;
        }
        if (greeted.isEmpty()) {
            return SmtpReply.HELLO_FIRST;
        }
        if (login.isPresent()) {
            return SmtpReply.LOGGED_IN;
        }
        if (transaction != null) {
            return SmtpReply.NESTED_MAIL;
        }
        if (!passwordsAllowed()) {
            return SmtpReply.TLS_FIRST;
        }
        return switch (new SmtpLogin(connection, endpoints).exchange(auth)) {
            case SmtpLogin.Outcome.Entered(var account) -> {
                login = Optional.of(new SmtpClient.Login(account.account(), account.address()));
                yield SmtpReply.LOGIN_OK;
            }
            case SmtpLogin.Outcome.Failed(var reply, var rejected) -> {
                loginFailures += rejected ? 1 : 0;
                yield reply;
            }
        };
    }

    private SmtpReply mail(SmtpCommand.Mail mail) {
        if (greeted.isEmpty()) {
            return SmtpReply.HELLO_FIRST;
        }
        if (transaction != null) {
            return SmtpReply.NESTED_MAIL;
        }
        if (settings.service() == SmtpService.SUBMISSION && login.isEmpty()) {
            return SmtpReply.LOGIN_FIRST;
        }
        if (mail.size().orElse(0) > settings.limits().messageSize()) {
            return SmtpReply.TOO_BIG;
        }
        if (!mail.smtpUtf8()
                && mail.path().address().filter(EmailAddress::international).isPresent()) {
            return SmtpReply.UTF8_UNDECLARED;
        }
        MailOptions options = MailOptions.NONE.withSmtpUtf8(mail.smtpUtf8());
        SmtpVerdict verdict = endpoints.ask(
                listener -> listener.sender(new SenderQuestion(client(), mail.path(), mail.size(), options)));
        if (verdict instanceof SmtpVerdict.Accept) {
            transaction = new Transaction(mail.path(), options);
        }
        return SmtpReply.of(verdict, "2.1.0", "sender OK");
    }

    private SmtpReply recipient(SmtpCommand.Recipient recipient) {
        Transaction now = transaction;
        if (now == null) {
            return SmtpReply.MAIL_FIRST;
        }
        if (now.chunks() != null) {
            return SmtpReply.CHUNKS_BEGUN;
        }
        if (now.recipients().size() >= settings.limits().recipients()) {
            return SmtpReply.TOO_MANY_RECIPIENTS;
        }
        EmailAddress address = recipient.address().orElseGet(this::postmaster);
        if (!now.options().smtpUtf8() && address.international()) {
            return SmtpReply.UTF8_UNDECLARED;
        }
        ForwardPath path = ForwardPath.of(address);
        SmtpVerdict verdict = endpoints.ask(listener -> listener.recipient(new RecipientQuestion(
                client(),
                now.reversePath(),
                now.options(),
                path,
                now.recipients().size())));
        if (verdict instanceof SmtpVerdict.Accept) {
            now.recipients().add(path);
        }
        return SmtpReply.of(verdict, "2.1.5", "recipient OK");
    }

    private EmailAddress postmaster() {
        return new EmailAddress("postmaster", DomainName.parse(settings.hostname()));
    }

    private SmtpReply data() throws IOException {
        Transaction now = transaction;
        if (now == null) {
            return SmtpReply.MAIL_FIRST;
        }
        if (now.chunks() != null) {
            return SmtpReply.CHUNKS_BEGUN;
        }
        if (now.recipients().isEmpty()) {
            return SmtpReply.RECIPIENT_FIRST;
        }
        write(SmtpReply.SEND_DATA);
        connection.flush();
        connection.idleTimeout(settings.limits().dataTime());
        DataReader reader = reader();
        try (Spool spool = spool()) {
            reader.copyUntilDot(spool);
            return endOfData(now, reader, spool);
        } finally {
            reset();
        }
    }

    private SmtpReply chunk(SmtpCommand.Chunk chunk) throws IOException {
        Transaction now = transaction;
        connection.idleTimeout(settings.limits().dataTime());
        if (now == null || now.recipients().isEmpty()) {
            // RFC 3030 §2: the octets come whatever we answer.
            reader().copy(chunk.size(), OutputStream.nullOutputStream());
            return now == null ? SmtpReply.MAIL_FIRST : SmtpReply.RECIPIENT_FIRST;
        }
        Transaction.Chunks chunks = now.chunks();
        if (chunks == null) {
            chunks = new Transaction.Chunks(spool(), reader());
            now.begin(chunks);
        }
        chunks.reader().copy(chunk.size(), chunks.spool());
        if (chunks.reader().tooBig()) {
            reset();
            return SmtpReply.TOO_BIG;
        }
        if (!chunk.last()) {
            return SmtpReply.ok("2.0.0", chunk.size() + " octets received");
        }
        try {
            return endOfData(now, chunks.reader(), chunks.spool());
        } finally {
            reset();
        }
    }

    private SmtpReply endOfData(Transaction now, DataReader reader, Spool spool) throws IOException {
        if (reader.tooBig()) {
            return SmtpReply.TOO_BIG;
        }
        try (SpooledMessage message = finished(spool)) {
            MessageIndex index = index(message);
            if (index.bareLineEnds()) {
                return SmtpReply.BARE_LINE_ENDS;
            }
            if (index.hops() >= MAX_HOPS) {
                return SmtpReply.LOOP;
            }
            SmtpEnvelope envelope =
                    new SmtpEnvelope(client(), now.reversePath(), now.recipients(), clock.instant(), now.options());
            return SmtpReply.of(
                    endpoints.ask(listener -> listener.deliver(envelope, message, index)), "2.0.0", "delivered");
        }
    }

    private static SpooledMessage finished(Spool spool) throws IOException {
        try {
            return spool.finish();
        } catch (IOException e) {
            throw new DataReader.StorageException(e);
        }
    }

    private static MessageIndex index(SpooledMessage message) throws IOException {
        try {
            return MimeIndexer.index(message);
        } catch (IOException e) {
            throw new DataReader.StorageException(e);
        }
    }

    private SmtpClient client() {
        Greeted hello = greeted.orElseThrow();
        return new SmtpClient(id, settings.service(), connection.peer(), hello.name(), hello.extended(), login);
    }

    private DataReader reader() {
        return new DataReader(connection, settings.limits().messageSize());
    }

    private Spool spool() {
        return new Spool(settings.spoolDirectory(), Spool.DEFAULT_MEMORY_THRESHOLD);
    }

    private void reset() {
        Transaction over = transaction;
        transaction = null;
        if (over != null) {
            over.close();
        }
    }
}
