// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.adapter.login.SessionAccounts;
import org.wildpost.adapter.net.Connection;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.RecipientQuestion;
import org.wildpost.core.listener.smtp.SenderQuestion;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpListener;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.sasl.Sasl;

/** One session of SMTP (RFC 5321) or LMTP (RFC 2033) from greeting to farewell. For one thread. */
final class SmtpSession {

    private final Connection connection;
    private final Endpoints<SmtpListener> endpoints;
    private final SmtpSettings settings;
    private final InstantSource clock;
    private final Reception reception;
    private final ClientFacts facts;

    /** Decided once, by who connected: nobody gets into the trusted networks by saying so. */
    private final boolean trusted;

    private Tally tally;
    private @Nullable Transaction transaction;

    SmtpSession(Connection connection, Endpoints<SmtpListener> endpoints, SmtpSettings settings, InstantSource clock) {
        this.connection = connection;
        this.endpoints = endpoints;
        this.settings = settings;
        this.clock = clock;
        this.reception = new Reception(connection, endpoints, settings, clock);
        this.facts = new ClientFacts(settings.service());
        this.trusted = settings.trust().forwarders().contains(connection.peer().address());
        this.tally = new Tally(settings);
    }

    /** Runs to the end; returns when the session is over, throws when the client is gone. */
    void run() throws IOException {
        try {
            boolean on = proceed(opening());
            while (on) {
                on = proceed(next());
            }
        } catch (SocketTimeoutException silent) {
            write(connection.draining() ? SmtpReply.GOING_DOWN : SmtpReply.IDLE_TOO_LONG);
        } catch (DataReader.FarTooBigException tooMuch) {
            write(SmtpReply.TOO_MUCH_DATA);
        } finally {
            reset();
        }
        connection.flush();
    }

    private List<SmtpReply> opening() {
        boolean welcome = !isLmtp()
                || settings.trust().neighbours().contains(connection.peer().address());
        return List.of(welcome ? greeting() : SmtpReply.NOT_A_NEIGHBOUR);
    }

    private SmtpReply greeting() {
        return SmtpReply.greeting(settings.hostname(), isLmtp() ? "LMTP" : "ESMTP");
    }

    private List<SmtpReply> next() throws IOException {
        if (connection.draining() && transaction == null) {
            return List.of(SmtpReply.GOING_DOWN);
        }
        if (!connection.inputBuffered()) {
            connection.flush();
        }
        connection.idleTimeout(settings.limits().commandTime());
        try {
            return execute(SmtpParser.parse(
                    connection.readLine(settings.limits().line()).octets()));
        } catch (Connection.LineTooLongException e) {
            return List.of(SmtpReply.LINE_TOO_LONG);
        } catch (SmtpSyntaxException e) {
            return List.of(e.reply());
        } catch (Endpoints.ServiceUnavailableException e) {
            return List.of(connection.draining() ? SmtpReply.GOING_DOWN : SmtpReply.TRY_LATER);
        }
    }

    private boolean proceed(List<SmtpReply> replies) throws IOException {
        for (SmtpReply reply : replies) {
            if (!proceed(reply)) {
                return false;
            }
        }
        return true;
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
                facts.forget();
                reset();
                yield true;
            }
            case ERROR -> {
                boolean over = tally.error();
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

    private List<SmtpReply> execute(SmtpCommand command) throws IOException {
        if (isTlsMissing() && !isSaidInTheClear(command)) {
            if (command instanceof SmtpCommand.Chunk chunk) {
                reception.skip(chunk);
            }
            return List.of(SmtpReply.TLS_FIRST);
        }
        return switch (command) {
            case SmtpCommand.Data() -> data();
            case SmtpCommand.Chunk chunk -> chunk(chunk);
            case SmtpCommand.Hello hello -> List.of(hello(hello));
            case SmtpCommand.Mail mail -> List.of(mail(mail));
            case SmtpCommand.Recipient recipient -> List.of(recipient(recipient));
            case SmtpCommand.Auth auth -> List.of(authenticate(auth));
            case SmtpCommand.StartTls() -> List.of(startTls());
            case SmtpCommand.Forwarded forwarded -> List.of(forwarded(forwarded));
            case SmtpCommand.Reset() -> {
                reset();
                yield List.of(SmtpReply.OK);
            }
            case SmtpCommand.Noop() -> List.of(SmtpReply.OK);
            case SmtpCommand.Verify() -> List.of(SmtpReply.VERIFY);
            case SmtpCommand.Expand() -> List.of(SmtpReply.NOT_OFFERED);
            case SmtpCommand.Help() -> List.of(SmtpReply.HELP);
            case SmtpCommand.Quit() -> List.of(SmtpReply.BYE);
            case SmtpCommand.HttpRequest() -> List.of(SmtpReply.NOT_HTTP);
            case SmtpCommand.Unrecognised unknown -> List.of(SmtpReply.UNRECOGNISED);
        };
    }

    /** Submission is over TLS only (RFC 8314 §4.1). */
    private boolean isTlsMissing() {
        return settings.service() == SmtpService.SUBMISSION && !connection.secure() && !settings.allowPlaintextLogin();
    }

    /** RFC 3207 §4: what a server that insists on TLS answers before it. */
    private static boolean isSaidInTheClear(SmtpCommand command) {
        return switch (command) {
            case SmtpCommand.Hello hello -> hello.dialect() == SmtpCommand.Dialect.EHLO;
            case SmtpCommand.StartTls(), SmtpCommand.Noop(), SmtpCommand.Quit(), SmtpCommand.HttpRequest() -> true;
            default -> false;
        };
    }

    /** RFC 5321 §4.1.4: also a reset. */
    private SmtpReply hello(SmtpCommand.Hello hello) {
        if (isLmtp() != (hello.dialect() == SmtpCommand.Dialect.LHLO)) {
            // RFC 2033 §4.1: each protocol has its own.
            return isLmtp() ? SmtpReply.LMTP_GREETING : SmtpReply.UNRECOGNISED;
        }
        reset();
        facts.greet(hello);
        List<String> lines = new ArrayList<>();
        lines.add(settings.hostname());
        if (facts.wasToldOfExtensions()) {
            lines.addAll(SmtpExtension.lines(standing(), clock.instant()));
        }
        return new SmtpReply(250, "", lines, SmtpReply.Effect.NONE);
    }

    private Sasl.Accounts accounts() {
        return new SessionAccounts<>(MailProtocol.SMTP, connection, endpoints, settings.tokens());
    }

    private SmtpExtension.Standing standing() {
        return new SmtpExtension.Standing(
                settings, connection.secure(), connection.channelBinding().offered(), facts.isLoggedIn(), trusted);
    }

    private MailTerms terms() {
        return new MailTerms(standing(), facts.wasToldOfExtensions());
    }

    private boolean isLmtp() {
        return settings.service() == SmtpService.LMTP;
    }

    private SmtpReply startTls() {
        if (connection.secure()) {
            return SmtpReply.TLS_ALREADY;
        }
        // What came behind the command came from who knows whom (CVE-2011-0411).
        return connection.inputBuffered() ? SmtpReply.INJECTED : SmtpReply.START_TLS;
    }

    /** Postfix, XCLIENT_README: the session begins again, as if the other client had connected. */
    private SmtpReply forwarded(SmtpCommand.Forwarded forwarded) {
        if (!SmtpExtension.XCLIENT.isOffered(standing())) {
            return SmtpReply.NOT_TRUSTED;
        }
        if (transaction != null) {
            return SmtpReply.NESTED_MAIL;
        }
        forwarded.attributes().forEach(attribute -> facts.forwarded(attribute, connection));
        facts.forget();
        tally = new Tally(settings);
        return greeting();
    }

    private SmtpReply authenticate(SmtpCommand.Auth auth) throws IOException {
        if (settings.service() != SmtpService.SUBMISSION) {
            return SmtpReply.NOT_OFFERED;
        }
        if (!facts.isGreeted()) {
            return SmtpReply.HELLO_FIRST;
        }
        if (facts.isLoggedIn()) {
            return SmtpReply.LOGGED_IN;
        }
        if (transaction != null) {
            return SmtpReply.NESTED_MAIL;
        }
        return switch (new SmtpLogin(connection, accounts()).exchange(auth)) {
            case SmtpLogin.Outcome.Entered(var account) -> {
                facts.enter(new SmtpClient.Login(account.account(), account.address()));
                yield SmtpReply.LOGIN_OK;
            }
            case SmtpLogin.Outcome.Failed(var reply, var rejected) -> {
                if (rejected) {
                    tally.loginFailure();
                }
                yield reply;
            }
        };
    }

    private SmtpReply mail(SmtpCommand.Mail mail) {
        if (!facts.isGreeted()) {
            return SmtpReply.HELLO_FIRST;
        }
        if (transaction != null) {
            return SmtpReply.NESTED_MAIL;
        }
        if (!tally.mail()) {
            return SmtpReply.TOO_MANY_MAILS;
        }
        if (settings.service() == SmtpService.SUBMISSION && !facts.isLoggedIn()) {
            return SmtpReply.LOGIN_FIRST;
        }
        MailTerms terms = terms();
        Instant now = clock.instant();
        Optional<SmtpReply> refusal = terms.refusal(mail.parameters(), now);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (!mail.parameters().smtpUtf8()
                && mail.path().address().filter(EmailAddress::international).isPresent()) {
            return SmtpReply.UTF8_UNDECLARED;
        }
        MailOptions options = terms.options(mail.parameters(), now);
        SmtpVerdict verdict = endpoints.ask(listener -> listener.sender(
                new SenderQuestion(client(), mail.path(), mail.parameters().size(), options)));
        if (verdict instanceof SmtpVerdict.Accept) {
            transaction = new Transaction(
                    mail.path(), options, mail.parameters().size().orElse(0));
        }
        // RFC 6710 §4.1: who gets another priority is told, the number first.
        return terms.lowers(mail.parameters())
                ? reply(verdict, "2.3.6", options.priority() + " is the priority of the message, sender OK")
                : reply(verdict, "2.1.0", "sender OK");
    }

    private SmtpReply recipient(SmtpCommand.Recipient recipient) {
        Transaction now = transaction;
        if (now == null) {
            return SmtpReply.MAIL_FIRST;
        }
        if (now.chunks() != null) {
            return SmtpReply.CHUNKS_BEGUN;
        }
        Optional<SmtpReply> refusal = terms().refusal(recipient.parameters().used());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (now.recipients().size() >= settings.limits().recipients()) {
            return SmtpReply.TOO_MANY_RECIPIENTS;
        }
        EmailAddress address = recipient.address().orElseGet(this::postmaster);
        if (!now.options().smtpUtf8()
                && (address.international() || recipient.parameters().international())) {
            return SmtpReply.UTF8_UNDECLARED;
        }
        if (!tally.allows(address.domain())) {
            return SmtpReply.TOO_MANY_DOMAINS;
        }
        ForwardPath path = recipient.parameters().path(address);
        SmtpVerdict verdict = endpoints.ask(listener -> listener.recipient(new RecipientQuestion(
                client(),
                now.reversePath(),
                now.options(),
                path,
                now.recipients().size(),
                now.declaredSize())));
        if (verdict instanceof SmtpVerdict.Accept) {
            now.recipients().add(path);
            tally.accepted(address.domain());
        }
        return reply(verdict, "2.1.5", "recipient OK");
    }

    /** A neighbour that hands on many messages over one connection is not at fault for their recipients. */
    private SmtpReply reply(SmtpVerdict verdict, String enhanced, String accepted) {
        SmtpReply reply = SmtpReply.of(verdict, enhanced, accepted);
        return isLmtp() ? reply.uncounted() : reply;
    }

    private EmailAddress postmaster() {
        return new EmailAddress("postmaster", DomainName.parse(settings.hostname()));
    }

    private List<SmtpReply> data() throws IOException {
        Transaction now = transaction;
        if (now == null) {
            return List.of(SmtpReply.MAIL_FIRST);
        }
        if (now.chunks() != null) {
            return List.of(SmtpReply.CHUNKS_BEGUN);
        }
        if (now.options().body() == MailOptions.Body.BINARY) {
            // RFC 3030 §3: a dot on a line of its own ends nothing where there are no lines.
            return List.of(SmtpReply.BINARY_NEEDS_CHUNKS);
        }
        if (now.recipients().isEmpty()) {
            return List.of(SmtpReply.RECIPIENT_FIRST);
        }
        write(SmtpReply.SEND_DATA);
        connection.flush();
        try {
            return reception.data(now, client());
        } finally {
            reset();
        }
    }

    private List<SmtpReply> chunk(SmtpCommand.Chunk chunk) throws IOException {
        Transaction now = transaction;
        if (now == null || now.recipients().isEmpty()) {
            reception.skip(chunk);
            return List.of(now == null ? SmtpReply.MAIL_FIRST : SmtpReply.RECIPIENT_FIRST);
        }
        boolean over = chunk.last();
        try {
            List<SmtpReply> replies = reception.chunk(now, chunk, client());
            over |= replies.contains(SmtpReply.TOO_BIG);
            return replies;
        } finally {
            if (over) {
                reset();
            }
        }
    }

    private SmtpClient client() {
        return facts.client(connection);
    }

    private void reset() {
        Transaction over = transaction;
        transaction = null;
        if (over != null) {
            over.close();
        }
    }
}
