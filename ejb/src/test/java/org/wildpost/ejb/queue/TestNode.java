// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.ejb.TestClock;
import org.wildpost.ejb.mailbox.PooledDatabase;
import org.wildpost.ejb.mailbox.Store;
import org.wildpost.ejb.settings.ServerName;
import org.wildpost.ejb.submission.Signing;
import org.wildpost.persistence.jdbc.Sql;
import org.wildpost.persistence.setting.Settings;

/** The queue of one node over a real database, put together as the container does; nothing runs by time, the test says when. */
@SuppressWarnings("UnnecessaryAssignment") // stands in for the container, which fills these fields
final class TestNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final PooledDatabase shared;
    final SwitchedDatabase database;
    final TestClock clock;
    final FakeCourier courier;
    Function<SpooledMessage, byte[]> signature = _ -> new byte[0];
    LocalCourier local = (_, recipients) -> {
        throw new IllegalStateException("nothing is held: " + recipients);
    };
    final Store store;
    final Map<String, String> texts = new HashMap<>();
    final Map<EmailAddress, NoticeRecipients.Found> accounts = new HashMap<>();
    final QueueSettings settings;
    final QueueNode node = new QueueNode();
    final Dispatcher dispatcher = new Dispatcher();
    final Recorder recorder = new Recorder();
    final Ledger ledger = new Ledger();
    final Notices notices = new Notices();
    final MailQueue queue = new MailQueue();
    final Carrier carrier = new Carrier();
    final Claimer claimer = new Claimer();
    final Sweeper sweeper = new Sweeper();
    final QueueAdministration administration = new QueueAdministration();
    final DeliveryHistory history = new DeliveryHistory();
    private Thread recording;

    TestNode(PooledDatabase shared, TestClock clock, FakeCourier courier, Map<String, String> properties) {
        this.shared = shared;
        this.database = new SwitchedDatabase(shared);
        this.clock = clock;
        this.courier = courier;
        this.store = new Store(shared);
        Map<String, String> all = new HashMap<>(properties);
        all.putIfAbsent("jboss.node.name", "node-a");
        settings = new QueueSettings(all::get);
        node.database = database;
        node.settings = settings;
        node.clock = clock;
        dispatcher.settings = settings;
        dispatcher.clock = clock;
        recorder.database = database;
        recorder.dispatcher = dispatcher;
        recorder.ledger = ledger;
        recorder.pause = _ -> {
            LockSupport.parkNanos(1_000_000);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        };
        ledger.database = database;
        ledger.node = node;
        ledger.notices = notices;
        ledger.settings = settings;
        ledger.clock = clock;
        ledger.chance = () -> 0;
        notices.recipients = address -> accounts.getOrDefault(
                address.canonical(),
                new NoticeRecipients.Found(
                        Set.of(), address.domain().ascii().equals("demo.test") ? List.of() : List.of(address)));
        notices.appender = store.appender;
        notices.queue = queue;
        notices.signing = new Signing() {
            @Override
            public byte[] fields(SpooledMessage message, MessageIndex index) {
                throw new UnsupportedOperationException();
            }

            @Override
            public byte[] fieldsOfServer(SpooledMessage message, MessageIndex index) throws IOException {
                return signature.apply(message);
            }

            @Override
            public boolean signs(MessageIndex index) {
                throw new UnsupportedOperationException();
            }
        };
        notices.server = new ServerName() {
            @Override
            public String get() {
                return "mx.wildpost.test";
            }
        };
        notices.settings = settings;
        notices.stored = (Settings) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Settings.class},
                (_, _, arguments) -> Optional.ofNullable(texts.get((String) arguments[0])));
        notices.database = database;
        notices.clock = clock;
        queue.settings = settings;
        queue.node = node;
        queue.dispatcher = dispatcher;
        queue.recorder = recorder;
        queue.transactions = shared;
        queue.clock = clock;
        carrier.database = database;
        carrier.couriers = new One<>(courier);
        carrier.local = (held, recipients) -> local.deliver(held, recipients);
        carrier.node = node;
        carrier.dispatcher = dispatcher;
        carrier.recorder = recorder;
        carrier.clock = clock;
        claimer.database = database;
        claimer.node = node;
        claimer.dispatcher = dispatcher;
        claimer.recorder = recorder;
        claimer.clock = clock;
        sweeper.database = database;
        sweeper.node = node;
        sweeper.dispatcher = dispatcher;
        sweeper.recorder = recorder;
        sweeper.notices = notices;
        sweeper.settings = settings;
        sweeper.clock = clock;
        administration.database = database;
        administration.node = node;
        administration.dispatcher = dispatcher;
        administration.ledger = ledger;
        administration.clock = clock;
        history.database = database;
    }

    /** Begins to carry. */
    TestNode open() {
        node.register();
        dispatcher.open(run -> Thread.ofVirtual().start(() -> carrier.run(run)), () -> {}, ledger.retries());
        recording = Thread.ofVirtual().start(() -> {
            try {
                recorder.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return this;
    }

    /** Beats and looks once, claims all that is due, and waits until all of it is recorded. */
    void work() {
        node.beat();
        claimer.look();
        do {
            while (claimer.claim()) {
                // as long as something is wanted
            }
            LockSupport.parkNanos(200_000);
        } while (busy());
        while (claimer.claim() || busy()) {
            LockSupport.parkNanos(200_000);
        }
    }

    private boolean busy() {
        return dispatcher.underWay() > 0 || dispatcher.inHand() > 0;
    }

    /** Waits until nothing is in hand any more. */
    void quiet() {
        await(() -> !busy());
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not happen in " + PATIENCE);
            }
            LockSupport.parkNanos(200_000);
        }
    }

    /** An account of demo.test with an INBOX. */
    AccountId account(String address) {
        AccountId account = store.account();
        EmailAddress name = EmailAddress.parse(address);
        accounts.put(name, new NoticeRecipients.Found(Set.of(account), List.of()));
        return account;
    }

    /** Hands a message in and commits. */
    void send(String id, String from, String... to) {
        send(id, from, MailOptions.NONE, Optional.empty(), paths(to));
    }

    void send(String id, String from, MailOptions options, Optional<AccountId> account, List<ForwardPath> to) {
        send(id, "Subject: news\r\nMessage-ID: <" + id + "@demo.test>\r\n\r\nHello\r\n", from, options, account, to);
    }

    void send(
            String id,
            String text,
            String from,
            MailOptions options,
            Optional<AccountId> account,
            List<ForwardPath> to) {
        SpooledMessage message = SpooledMessage.of(text.getBytes(StandardCharsets.UTF_8));
        OutgoingCopy copy = new OutgoingCopy(
                account,
                Optional.of(DomainName.parse("demo.test")),
                from.isEmpty() ? ReversePath.NULL : new ReversePath(Optional.of(EmailAddress.parse(from))),
                options,
                "Received: by mx.wildpost.test\r\n".getBytes(StandardCharsets.UTF_8),
                to);
        try {
            var index = MimeIndexer.index(message);
            store.appender.append(message, index, List.of(), queue.departing(id, message, index, List.of(copy)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static List<ForwardPath> paths(String... to) {
        return Arrays.stream(to).map(EmailAddress::parse).map(ForwardPath::of).toList();
    }

    long count(String table) {
        return number("select count(*) from " + table);
    }

    long number(String sql) {
        return shared.statement(connection -> Sql.first(connection, sql, row -> row.getLong(1)))
                .orElseThrow();
    }

    List<String> column(String sql) {
        return shared.statement(connection -> Sql.list(connection, sql, row -> row.getString(1)));
    }

    void execute(String sql) {
        shared.statement(connection -> Sql.update(connection, sql));
    }

    @Override
    public void close() {
        dispatcher.close();
        recorder.close();
        if (recording != null) {
            recording.interrupt();
        }
    }
}
