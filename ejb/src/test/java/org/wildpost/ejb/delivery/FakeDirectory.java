// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.QuotaLimits;
import org.wildpost.ejb.identity.Directory;
import org.wildpost.ejb.identity.Resolution;

/** Accounts, aliases and rules of domains in memory; counts how often it is asked. Tags are the real one's business. */
final class FakeDirectory extends Directory {
    private final Map<EmailAddress, Resolution> holders = new LinkedHashMap<>();
    private final Map<DomainName, Function<EmailAddress, Resolution>> rules = new HashMap<>();
    private final Set<DomainName> domains = new HashSet<>(Set.of(DomainName.parse("demo.test")));
    private final Map<AccountId, String> accounts = new HashMap<>();
    int questions;

    @Override
    public boolean isLocal(DomainName domain) {
        return domains.contains(domain);
    }

    @Override
    public Map<EmailAddress, Resolution> resolve(Collection<EmailAddress> addresses) {
        questions += addresses.isEmpty() ? 0 : 1;
        Map<EmailAddress, Resolution> found = new LinkedHashMap<>();
        addresses.forEach(address -> found.put(address, resolve(address)));
        return found;
    }

    private Resolution resolve(EmailAddress address) {
        if (!domains.contains(address.domain())) {
            return Resolution.OUTSIDE;
        }
        Resolution holder = holders.get(address.canonical());
        return holder != null
                ? holder
                : rules.getOrDefault(address.domain(), _ -> Resolution.UNKNOWN).apply(address);
    }

    /** How much the accounts may have that are made from now on. */
    QuotaLimits quota = QuotaLimits.NONE;

    FakeDirectory account(String address, boolean keeps, String... redirectTo) {
        return put(
                address,
                id -> new Resolution.Account(id, EmailAddress.parse(address), parse(redirectTo), keeps, false, quota));
    }

    FakeDirectory internalAccount(String address, String... redirectTo) {
        return put(
                address,
                id -> new Resolution.Account(id, EmailAddress.parse(address), parse(redirectTo), true, true, quota));
    }

    FakeDirectory alias(String address, String... targets) {
        holders.put(
                EmailAddress.parse(address), new Resolution.Alias(EmailAddress.parse(address), parse(targets), false));
        return this;
    }

    FakeDirectory internalAlias(String address, String... targets) {
        holders.put(
                EmailAddress.parse(address), new Resolution.Alias(EmailAddress.parse(address), parse(targets), true));
        return this;
    }

    FakeDirectory disable(String address) {
        holders.put(EmailAddress.parse(address), Resolution.DISABLED);
        return this;
    }

    FakeDirectory domain(String name) {
        domains.add(DomainName.parse(name));
        return this;
    }

    FakeDirectory aliasDomain(String name, String other) {
        rules.put(
                DomainName.parse(name),
                address -> new Resolution.SameAs(new EmailAddress(address.localPart(), DomainName.parse(other))));
        return domain(name);
    }

    FakeDirectory forward(String name, String other) {
        rules.put(
                DomainName.parse(name),
                address -> new Resolution.PassedOn(
                        address, new EmailAddress(address.localPart(), DomainName.parse(other))));
        return domain(name);
    }

    FakeDirectory catchAll(String name, String target) {
        rules.put(DomainName.parse(name), address -> new Resolution.PassedOn(address, EmailAddress.parse(target)));
        return domain(name);
    }

    Resolution.Account plain(EmailAddress address) {
        return Resolution.Account.plain(((Resolution.Account) holders.get(address)).account(), address);
    }

    AccountId id(String address) {
        return ((Resolution.Account) holders.get(EmailAddress.parse(address))).account();
    }

    String addressOf(AccountId account) {
        return accounts.get(account);
    }

    private FakeDirectory put(String address, Function<AccountId, Resolution> holder) {
        AccountId id = new AccountId(accounts.size() + 1L);
        accounts.put(id, address);
        holders.put(EmailAddress.parse(address), holder.apply(id));
        return this;
    }

    private static List<EmailAddress> parse(String... addresses) {
        return Arrays.stream(addresses).map(EmailAddress::parse).toList();
    }
}
