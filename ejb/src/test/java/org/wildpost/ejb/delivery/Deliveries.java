// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.id.MailboxRef;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.ejb.identity.Directory;
import org.wildpost.ejb.mailbox.MessageAppender;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.ejb.settings.ServerSettings;
import org.wildpost.persistence.account.Accounts;
import org.wildpost.persistence.account.Destination;

/** The service among hand-written neighbours: accounts of demo.test, and an appender that notes what it is given. */
final class Deliveries {
    static final Instant RECEIVED = Instant.parse("2026-11-05T09:07:03Z");

    final DeliveryService service = new DeliveryService();
    final Map<EmailAddress, Destination> accounts = new LinkedHashMap<>();
    final List<List<MessageAppender.Target>> appended = new ArrayList<>();
    final List<Long> withoutInbox = new ArrayList<>();
    Optional<EmailAddress> administrator = Optional.empty();
    RuntimeException fault;

    @SuppressWarnings("UnnecessaryAssignment") // what the container does otherwise
    Deliveries() {
        service.directory = new Directory() {
            @Override
            public boolean isLocal(DomainName domain) {
                return domain.ascii().equals("demo.test");
            }

            @Override
            public Optional<Directory.Recipient> recipient(EmailAddress address) {
                return Optional.ofNullable(accounts.get(address.canonical()))
                        .filter(Destination::enabled)
                        .map(Deliveries::recipientOf);
            }
        };
        service.accounts = (Accounts) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Accounts.class}, (proxy, method, arguments) -> {
                    assert method.getName().equals("destinations") : method;
                    return accounts.values().stream()
                            .filter(found -> ((Collection<?>) arguments[0]).contains(found.address()))
                            .toList();
                });
        service.postmasters = new Postmasters() {
            @Override
            Optional<Directory.Recipient> administrator() {
                return administrator
                        .map(accounts::get)
                        .map(found -> new Directory.Recipient(found.account(), found.address(), List.of()));
            }
        };
        service.settings = new ServerSettings() {
            @Override
            public long messageSizeLimit() {
                return 100_000;
            }
        };
        service.name = new ServerName() {
            @Override
            public String get() {
                return "mx.wildpost.test";
            }
        };
        service.appender = new MessageAppender() {
            @Override
            public List<Outcome> append(SpooledMessage message, MessageIndex index, List<Target> targets) {
                if (fault != null) {
                    throw fault;
                }
                appended.add(targets);
                return targets.stream().map(Deliveries.this::outcome).toList();
            }
        };
    }

    Deliveries with(String address, String... redirectTo) {
        EmailAddress name = EmailAddress.parse(address);
        List<EmailAddress> targets =
                Arrays.stream(redirectTo).map(EmailAddress::parse).toList();
        accounts.put(name, new Destination(new AccountId(accounts.size() + 1L), name, targets, true));
        return this;
    }

    Deliveries withDisabled(String address) {
        EmailAddress name = EmailAddress.parse(address);
        accounts.put(name, new Destination(new AccountId(accounts.size() + 1L), name, List.of(), false));
        return this;
    }

    private static Directory.Recipient recipientOf(Destination found) {
        return new Directory.Recipient(found.account(), found.address(), found.redirectTo());
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
                .map(target -> accounts.values().stream()
                        .filter(found -> found.account().equals(target.account()))
                        .findFirst()
                        .orElseThrow()
                        .address()
                        .toString())
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
