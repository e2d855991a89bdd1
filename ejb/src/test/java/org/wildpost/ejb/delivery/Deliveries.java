// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.BlobId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.QuotaAmount;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.ejb.identity.Resolution;
import org.wildpost.ejb.identity.ServerSecret;
import org.wildpost.ejb.mailbox.MessageAppender;
import org.wildpost.ejb.mailbox.Quotas;
import org.wildpost.ejb.queue.MailQueue;
import org.wildpost.ejb.queue.OutgoingCopy;
import org.wildpost.ejb.queue.SuccessReports;
import org.wildpost.ejb.settings.DiskRoom;
import org.wildpost.ejb.settings.ExpansionLimits;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.ejb.submission.Signing;
import org.wildpost.ejb.submission.Submission;
import org.wildpost.ejb.tlsreport.ReceivedReports;
import org.wildpost.persistence.message.MessageAppends;

/**
 * The service among hand-written neighbours: a directory of demo.test, an appender and a queue that note what they are given, and submission rules that
 * let everything pass.
 */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
final class Deliveries {
    static final Instant RECEIVED = Instant.parse("2026-11-05T09:07:03Z");

    final DeliveryService service = new DeliveryService();
    final Release release = new Release();
    final FakeDirectory directory = new FakeDirectory();
    final List<List<MessageAppender.Target>> appended = new ArrayList<>();
    final List<OutgoingCopy> queued = new ArrayList<>();
    final List<EmailAddress> kept = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final List<String> considered = new ArrayList<>();
    final List<String> counted = new ArrayList<>();
    final Map<AccountId, String> sentMailboxes = new HashMap<>();
    final List<Long> withoutInbox = new ArrayList<>();
    final Set<DomainName> relayed = new HashSet<>();
    final Map<AccountId, QuotaAmount> used = new HashMap<>();
    final ReturnPaths returnPaths;
    ExpansionLimits limits = ExpansionLimits.DEFAULT;
    Optional<DomainName> srsDomain = Optional.empty();
    Optional<SmtpVerdict> refusedBySubmission = Optional.empty();
    int mostStrangers = Integer.MAX_VALUE;
    String mendedTo = "";
    Optional<EmailAddress> administrator = Optional.empty();
    RuntimeException fault;
    long free = Long.MAX_VALUE;

    Deliveries() {
        ServerSettings settings = settings();
        ServerName name = new ServerName() {
            @Override
            public String get() {
                return "mx.wildpost.test";
            }
        };
        returnPaths = returnPaths(settings);
        Recipients recipients = new Recipients();
        recipients.directory = directory;
        recipients.returnPaths = returnPaths;
        recipients.name = name;
        recipients.postmasters = new Postmasters() {
            @Override
            Optional<Resolution.Account> administrator() {
                return administrator.map(directory::plain);
            }
        };
        Departures departures = new Departures();
        departures.returnPaths = returnPaths;
        departures.signing = new Signing() {
            @Override
            public byte[] fields(SpooledMessage message, MessageIndex index) {
                return "DKIM-Signature: x\r\n".getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public byte[] fieldsOfServer(SpooledMessage message, MessageIndex index) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean signs(MessageIndex index) {
                return true;
            }
        };
        service.recipients = recipients;
        service.returnPaths = returnPaths;
        service.settings = settings;
        service.room = new DiskRoom(1_000, () -> free);
        service.submission = submission();
        service.relayDomains = relayed::contains;
        service.tlsReports = new ReceivedReports() {
            @Override
            public void consider(ReversePath sender, SpooledMessage message, MessageIndex index) {
                considered.add(sender.toString());
            }
        };
        service.quotas = quotas();
        service.storing = new Storing();
        service.storing.departures = departures;
        service.storing.returnPaths = returnPaths;
        service.storing.submission = service.submission;
        service.storing.name = name;
        service.storing.sentCopies = sentCopies();
        service.storing.queue = queue();
        service.storing.reports = reports();
        service.storing.appender = appender();
        service.storing.clock = () -> RECEIVED;
        release.recipients = recipients;
        release.settings = settings;
        release.quotas = service.quotas;
        release.storing = service.storing;
    }

    private ServerSettings settings() {
        return new ServerSettings() {
            @Override
            public long messageSizeLimit() {
                return 100_000;
            }

            @Override
            public ExpansionLimits expansionLimits() {
                return limits;
            }

            @Override
            public Optional<DomainName> srsDomain() {
                return srsDomain;
            }
        };
    }

    private ReturnPaths returnPaths(ServerSettings settings) {
        ReturnPaths paths = new ReturnPaths() {
            @Override
            void keep(Connection connection, EmailAddress sender) {
                kept.add(sender);
            }
        };
        paths.directory = directory;
        paths.settings = settings;
        paths.clock = () -> RECEIVED;
        paths.secret = new ServerSecret() {
            @Override
            public List<byte[]> keys(String name) {
                return List.of("first secret".getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public boolean rotate(String name, Duration age) {
                return false;
            }
        };
        return paths;
    }

    private Quotas quotas() {
        return new Quotas() {
            @Override
            public boolean hasRoom(AccountId account, QuotaLimits limits, QuotaAmount more) {
                return limits.allow(used.getOrDefault(account, QuotaAmount.NONE).plus(more));
            }

            @Override
            public boolean admits(AccountId account, QuotaLimits limits, QuotaAmount more) {
                return hasRoom(account, limits, more);
            }
        };
    }

    private Submission submission() {
        return new Submission() {
            @Override
            public Optional<SmtpVerdict> sender(SmtpClient.Login login, ReversePath reversePath) {
                return refusedBySubmission;
            }

            @Override
            public Optional<SmtpVerdict> recipient(
                    SmtpClient.Login login, EmailAddress recipient, boolean outside, int before) {
                counted.add("asked " + recipient + " " + outside + " " + before);
                return refusedBySubmission;
            }

            @Override
            public Optional<SmtpVerdict> strangers(SmtpClient.Login login, List<EmailAddress> outside) {
                return outside.size() > mostStrangers
                        ? Optional.of(new SmtpVerdict.Refuse(550, "5.7.1", "too many"))
                        : Optional.empty();
            }

            @Override
            public void sent(
                    Connection connection, SmtpClient.Login login, int recipients, List<EmailAddress> outside) {
                counted.add("sent " + login.address() + " " + recipients + " " + outside);
            }

            @Override
            public Prepared prepare(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index) {
                if (refusedBySubmission.isPresent()) {
                    return new Prepared.Refused(refusedBySubmission.get());
                }
                return new Prepared.Ready(mendedTo.isEmpty() ? message : message(mendedTo), index);
            }
        };
    }

    private SentCopies sentCopies() {
        return new SentCopies() {
            @Override
            public Optional<MailboxName> mailbox(AccountId account) {
                return Optional.ofNullable(sentMailboxes.get(account)).map(MailboxName::new);
            }
        };
    }

    private MailQueue queue() {
        return new MailQueue() {
            @Override
            public void enqueue(
                    Connection connection,
                    BlobId blob,
                    String deliveryId,
                    SpooledMessage message,
                    MessageIndex index,
                    List<OutgoingCopy> copies) {
                queued.addAll(copies);
            }
        };
    }

    private SuccessReports reports() {
        return new SuccessReports() {
            @Override
            public void tell(Original original, List<ForwardPath> delivered, List<ForwardPath> expanded) {
                delivered.forEach(path -> told.add("delivered " + path.address()));
                expanded.forEach(path -> told.add("expanded " + path.address()));
            }
        };
    }

    private MessageAppender appender() {
        return new MessageAppender() {
            @Override
            public List<Outcome> append(
                    SpooledMessage message, MessageIndex index, List<Target> targets, MessageAppends.Alongside also) {
                if (fault != null) {
                    throw fault;
                }
                try {
                    also.write(null, new BlobId(7));
                } catch (SQLException | IOException e) {
                    throw new IllegalStateException(e);
                }
                appended.add(targets);
                return targets.stream().map(Deliveries.this::outcome).toList();
            }
        };
    }

    /** An account whose redirect, if there is one, keeps no copy unless it names the account itself. */
    Deliveries with(String address, String... redirectTo) {
        directory.account(address, redirectTo.length == 0, redirectTo);
        return this;
    }

    Deliveries withDisabled(String address) {
        directory.disable(address);
        return this;
    }

    private MessageAppender.Outcome outcome(MessageAppender.Target target) {
        return withoutInbox.contains(target.account().value())
                ? new MessageAppender.Outcome.NoSuchMailbox()
                : new MessageAppender.Outcome.Appended(new MailboxRef(target.account(), new MailboxId(9)), 1, 1);
    }

    /** The accounts that the one append was for, by address. */
    List<String> copies() {
        return appended.stream()
                .flatMap(List::stream)
                .map(target -> directory.addressOf(target.account()))
                .toList();
    }

    /** The trace fields of the first copy. */
    String trace() {
        return new String(appended.getFirst().getFirst().prefix(), StandardCharsets.UTF_8);
    }

    static SmtpClient stranger() {
        return client(SmtpService.MX, "client.example", "192.0.2.7", Optional.empty(), true, Optional.empty());
    }

    static SmtpClient owner(String address) {
        return client(
                SmtpService.SUBMISSION,
                "[192.168.1.5]",
                "198.51.100.20",
                Optional.of(new Peer.Tls("TLSv1.3", "TLS_AES_128_GCM_SHA256")),
                true,
                Optional.of(new SmtpClient.Login(new AccountId(1), EmailAddress.parse(address))));
    }

    static SmtpClient client(
            SmtpService service,
            String helo,
            String address,
            Optional<Peer.Tls> tls,
            boolean extended,
            Optional<SmtpClient.Login> login) {
        try {
            Peer peer = new Peer(InetAddress.getByName(address), 40_000, tls);
            return new SmtpClient("session-1", service, peer, helo, extended, login);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static SmtpEnvelope envelope(SmtpClient client, String from, String... recipients) {
        return new SmtpEnvelope(
                client,
                path(from),
                Arrays.stream(recipients)
                        .map(EmailAddress::parse)
                        .map(ForwardPath::of)
                        .toList(),
                RECEIVED,
                MailOptions.NONE);
    }

    static ReversePath path(String from) {
        return from.isEmpty() ? ReversePath.NULL : new ReversePath(Optional.of(EmailAddress.parse(from)));
    }

    static SpooledMessage message(String text) {
        return SpooledMessage.of(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    static MessageIndex index(int hops) {
        return new MessageIndex(0, null, null, Optional.empty(), "", hops, "", false);
    }
}
