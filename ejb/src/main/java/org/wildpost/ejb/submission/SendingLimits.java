// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.smtp.SmtpClient;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.ejb.identity.Recent;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.sending.Ceilings;
import org.wildpost.persistence.sending.Ceilings.Scope;
import org.wildpost.persistence.sending.SendingCounters;
import org.wildpost.persistence.sending.SendingPolicies;
import org.wildpost.persistence.sending.SendingPolicy;
import org.wildpost.persistence.sending.SendingUsage;

/**
 * How much may be sent: by an account, by all of its domain, by all of the server. What was sent is counted in the transaction that stores it; what
 * was counted is read at most every {@link #KNOWN}, so that on several nodes a ceiling may be passed by what they send in that time. An account that
 * keeps running against its ceilings is frozen. Safe for all threads.
 */
@ApplicationScoped
public class SendingLimits {
    /** How long what was read is believed; what this node counts itself is added at once. */
    static final Duration KNOWN = Duration.ofSeconds(5);

    /** Accounts, and domains, that are known at once. */
    static final int MAX_KNOWN = 10_000;

    /** Octets of a hash that stands for a correspondent. */
    private static final int HASH = 16;

    @Inject
    Database database;

    @Inject
    FreezeNotices notices;

    InstantSource clock = InstantSource.system();

    private final Recent<AccountId, Sender> senders = new Recent<>(MAX_KNOWN);
    private final Recent<Long, Budget> domains = new Recent<>(MAX_KNOWN);
    private final Recent<Scope, Budget> server = new Recent<>(1);

    /** What is used of what. */
    record Budget(Map<SendingLimit, Long> ceilings, SendingUsage usage, Instant until) {
        Budget with(SendingUsage now) {
            return new Budget(ceilings, now, until);
        }

        /** Whether so many more would be too many. */
        boolean exceeded(SendingLimit limit, long more) {
            long ceiling = ceilings.getOrDefault(limit, 0L);
            return ceiling > 0 && limit.used(usage) + more > ceiling;
        }
    }

    /** An account with its budget. */
    record Sender(SendingPolicy policy, Budget budget) {}

    /** How the account may send; empty when it is gone. */
    public Optional<SendingPolicy> policy(AccountId account) {
        return sender(account).map(Sender::policy);
    }

    /** Why the account may not begin a message now, if so. */
    public Optional<SmtpVerdict> message(SmtpClient.Login login) {
        return reached(login, 1, SendingLimit.MESSAGES_PER_HOUR, SendingLimit.MESSAGES_PER_DAY);
    }

    /**
     * Why the message may not have one recipient more, if so.
     *
     * @param outside whether the recipient is of another server
     * @param before  recipients that the message has already
     */
    public Optional<SmtpVerdict> recipient(
            SmtpClient.Login login, EmailAddress recipient, boolean outside, int before) {
        Optional<SmtpVerdict> reached =
                reached(login, before + 1L, SendingLimit.RECIPIENTS_PER_HOUR, SendingLimit.RECIPIENTS_PER_DAY);
        if (reached.isPresent() || !outside) {
            return reached;
        }
        Optional<SmtpVerdict> newOnes = exceeded(login, 1, SendingLimit.NEW_RECIPIENTS_PER_DAY);
        return newOnes.isPresent() && !knows(login.account(), recipient)
                ? refused(login, newOnes.get())
                : Optional.empty();
    }

    /**
     * Why the account may not write one message to all of these, if so: each was asked for alone, and together they may be too many new ones.
     *
     * @param outside recipients of other servers
     */
    public Optional<SmtpVerdict> strangers(SmtpClient.Login login, List<EmailAddress> outside) {
        if (exceeded(login, outside.size(), SendingLimit.NEW_RECIPIENTS_PER_DAY).isEmpty()) {
            return Optional.empty();
        }
        List<byte[]> hashes = outside.stream().map(SendingLimits::hash).toList();
        long strangers =
                database.statement(connection -> new SendingCounters(connection).strangers(login.account(), hashes));
        Optional<SmtpVerdict> exceeded =
                strangers == 0 ? Optional.empty() : exceeded(login, strangers, SendingLimit.NEW_RECIPIENTS_PER_DAY);
        return exceeded.isEmpty() ? exceeded : refused(login, exceeded.get());
    }

    /**
     * Counts a message in the transaction that stores it, before mailboxes are locked.
     *
     * @param outside recipients of other servers
     */
    public void sent(Connection connection, SmtpClient.Login login, int recipients, List<EmailAddress> outside)
            throws SQLException {
        Optional<Sender> sender = sender(login.account());
        if (sender.isEmpty()) {
            return;
        }
        long domain = sender.get().policy().domainId();
        int fresh = new SendingCounters(connection)
                .sent(
                        login.account(),
                        domain,
                        clock.instant(),
                        recipients,
                        outside.stream().map(SendingLimits::hash).toList());
        senders.put(
                login.account(),
                new Sender(sender.get().policy(), plus(sender.get().budget(), recipients, fresh)));
        Optional.ofNullable(domains.get(domain))
                .ifPresent(budget -> domains.put(domain, plus(budget, recipients, fresh)));
        Optional.ofNullable(server.get(Scope.SERVER))
                .ifPresent(budget -> server.put(Scope.SERVER, plus(budget, recipients, fresh)));
    }

    /** Makes the next question read again. */
    public void forget(AccountId account) {
        senders.remove(account);
    }

    /** Makes the next questions read all ceilings of domains and server again. */
    public void forgetDomain(long domain) {
        domains.remove(domain);
        server.remove(Scope.SERVER);
    }

    private static Budget plus(Budget budget, int recipients, int fresh) {
        return budget.with(budget.usage().plus(recipients, fresh));
    }

    private Optional<SmtpVerdict> reached(SmtpClient.Login login, long more, SendingLimit... limits) {
        for (SendingLimit limit : limits) {
            Optional<SmtpVerdict> exceeded = exceeded(login, more, limit);
            if (exceeded.isPresent()) {
                return refused(login, exceeded.get());
            }
        }
        return Optional.empty();
    }

    private Optional<SmtpVerdict> exceeded(SmtpClient.Login login, long more, SendingLimit limit) {
        Optional<Sender> sender = sender(login.account());
        if (sender.isEmpty()) {
            return Optional.of(SubmissionReplies.GONE);
        }
        Map<Scope, Budget> budgets = Map.of(
                Scope.ACCOUNT, sender.get().budget(),
                Scope.DOMAIN, domain(sender.get().policy().domainId()),
                Scope.SERVER, server());
        for (Scope scope : Scope.values()) {
            Budget budget = budgets.get(scope);
            if (budget != null && budget.exceeded(limit, more)) {
                long ceiling = budget.ceilings().getOrDefault(limit, 0L);
                return Optional.of(SubmissionReplies.limit(limit, scope, ceiling, clock.instant()));
            }
        }
        return Optional.empty();
    }

    /** Counts a refusal, and freezes who has too many of them. */
    private Optional<SmtpVerdict> refused(SmtpClient.Login login, SmtpVerdict answer) {
        Optional<Sender> found = sender(login.account());
        if (found.isEmpty()) {
            return Optional.of(answer);
        }
        Sender sender = found.get();
        Instant now = clock.instant();
        Budget budget = sender.budget().with(sender.budget().usage().plusRefusal());
        senders.put(login.account(), new Sender(sender.policy(), budget));
        boolean frozenNow = database.transaction(connection -> {
            new SendingCounters(connection)
                    .refused(login.account(), sender.policy().domainId(), now);
            return budget.exceeded(SendingLimit.REFUSALS_UNTIL_FROZEN, 0)
                    && new SendingPolicies(connection)
                            .freeze(login.account(), now, "too many attempts to send more than is allowed");
        });
        if (frozenNow) {
            forget(login.account());
            notices.frozen(login.address(), now);
        }
        return Optional.of(answer);
    }

    private boolean knows(AccountId account, EmailAddress recipient) {
        return database.statement(connection -> new SendingCounters(connection).knows(account, hash(recipient)));
    }

    private Optional<Sender> sender(AccountId account) {
        Instant now = clock.instant();
        Sender known = senders.get(account);
        if (known != null && known.budget().until().isAfter(now)) {
            return Optional.of(known);
        }
        Optional<Sender> read = database.statement(connection -> {
            Optional<SendingPolicy> policy = new SendingPolicies(connection).of(account);
            return policy.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Sender(
                            policy.get(),
                            budget(
                                    connection,
                                    Scope.ACCOUNT,
                                    account.value(),
                                    new SendingCounters(connection).ofAccount(account, now))));
        });
        read.ifPresent(sender -> senders.put(account, sender));
        return read;
    }

    private Budget domain(long domain) {
        Budget known = domains.get(domain);
        if (known != null && known.until().isAfter(clock.instant())) {
            return known;
        }
        Budget read = database.statement(connection -> budget(
                connection, Scope.DOMAIN, domain, new SendingCounters(connection).ofDomain(domain, clock.instant())));
        domains.put(domain, read);
        return read;
    }

    private Budget server() {
        Budget known = server.get(Scope.SERVER);
        if (known != null && known.until().isAfter(clock.instant())) {
            return known;
        }
        Budget read = database.statement(connection ->
                budget(connection, Scope.SERVER, 0, new SendingCounters(connection).ofServer(clock.instant())));
        server.put(Scope.SERVER, read);
        return read;
    }

    private Budget budget(Connection connection, Scope scope, long id, SendingUsage usage) throws SQLException {
        return new Budget(
                ceilings(connection, scope, id), usage, clock.instant().plus(KNOWN));
    }

    /** What holds: what is set, else the default. */
    static Map<SendingLimit, Long> ceilings(Connection connection, Scope scope, long id) throws SQLException {
        Map<String, Long> set = new Ceilings(connection).of(scope, id);
        Map<SendingLimit, Long> all = new EnumMap<>(SendingLimit.class);
        for (SendingLimit limit : SendingLimit.values()) {
            all.put(limit, set.getOrDefault(limit.name(), limit.defaultOf(scope)));
        }
        return all;
    }

    static byte[] hash(EmailAddress address) {
        try {
            byte[] text = address.canonical().toString().getBytes(StandardCharsets.UTF_8);
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(text), HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
