// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mx;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.DnsAnswer;
import org.wildpost.core.dns.DnsResolver;
import org.wildpost.core.dns.MxRecord;

/**
 * Finds the exchangers of a domain (RFC 5321 §5.1): the lowest preference first, equal ones in an order by chance, and never this server itself nor one that is as
 * far or farther. Safe for all threads.
 */
public final class MailExchangers {
    /** Hosts of a domain that are tried at most. */
    public static final int MAX_HOSTS = 10;

    private final DnsResolver dns;
    private final OwnHosts own;
    private final RandomGenerator random;

    /**
     * @param random for the order of equal preferences; safe for all threads
     */
    public MailExchangers(DnsResolver dns, OwnHosts own, RandomGenerator random) {
        this.dns = dns;
        this.own = own;
        this.random = random;
    }

    /** The exchangers of a domain, or of an address literal, which is its own. */
    public Exchangers find(DomainName domain) {
        if (AddressLiteral.isLiteral(domain)) {
            return literal(domain);
        }
        return switch (dns.mx(domain)) {
            case DnsAnswer.Found<MxRecord>(List<MxRecord> records, boolean secure, long _) -> found(records, secure);
            case DnsAnswer.None<MxRecord>(boolean nameExists, boolean secure) ->
                nameExists ? implicit(domain, secure) : new Exchangers.NoSuchDomain();
            case DnsAnswer.Failed<MxRecord>(String reason) -> new Exchangers.Unknown(reason);
        };
    }

    /**
     * Whether mail for the domain may not go to this one of its hosts, because it, or one with the same or a lower preference, has an address of this server
     * (RFC 5321 §5.1). Asked when the host's turn comes, so that nothing is looked up for hosts that nobody needs.
     */
    public boolean endsHere(DomainName domain, DomainName host) {
        List<MxRecord> records =
                AddressLiteral.isLiteral(domain) ? List.of() : dns.mx(domain).recordsOrNone();
        OptionalInt preference = records.stream()
                .filter(record -> record.exchange().equals(Optional.of(host)))
                .mapToInt(MxRecord::preference)
                .min();
        if (preference.isEmpty()) {
            return hasOwnAddress(host);
        }
        return anyHasOwnAddress(records.stream()
                .filter(record -> record.preference() <= preference.getAsInt())
                .flatMap(record -> record.exchange().stream())
                .distinct()
                .toList());
    }

    /** All at once, so that hosts whose names nobody answers for are waited for together. */
    private boolean anyHasOwnAddress(List<DomainName> hosts) {
        if (hosts.size() == 1) {
            return hasOwnAddress(hosts.getFirst());
        }
        List<Callable<Boolean>> questions = hosts.stream()
                .<Callable<Boolean>>map(host -> () -> hasOwnAddress(host))
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> answer : threads.invokeAll(questions)) {
                if (answer.state() == Future.State.SUCCESS && answer.resultNow()) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private boolean hasOwnAddress(DomainName host) {
        Optional<InetAddress> literal = AddressLiteral.read(host);
        return literal.isPresent()
                ? own.isOwn(literal.get())
                : dns.addresses(host).recordsOrNone().stream().anyMatch(own::isOwn);
    }

    private Exchangers found(List<MxRecord> records, boolean secure) {
        List<Exchangers.Exchanger> hosts = new ArrayList<>();
        for (MxRecord record : records) {
            record.exchange().ifPresent(host -> hosts.add(new Exchangers.Exchanger(host, record.preference())));
        }
        if (hosts.isEmpty()) {
            return new Exchangers.NoMail();
        }
        OptionalInt here = hosts.stream()
                .filter(exchanger -> own.isOwn(exchanger.host()))
                .mapToInt(Exchangers.Exchanger::preference)
                .min();
        if (here.isPresent()) {
            hosts.removeIf(exchanger -> exchanger.preference() >= here.getAsInt());
        }
        if (hosts.isEmpty()) {
            return new Exchangers.Here();
        }
        Collections.shuffle(hosts, random);
        hosts.sort(Comparator.comparingInt(Exchangers.Exchanger::preference));
        return new Exchangers.Hosts(hosts.subList(0, Math.min(hosts.size(), MAX_HOSTS)), secure, false);
    }

    private Exchangers implicit(DomainName domain, boolean secure) {
        if (own.isOwn(domain)) {
            return new Exchangers.Here();
        }
        return switch (dns.addresses(domain)) {
            case DnsAnswer.Found<InetAddress> _ ->
                new Exchangers.Hosts(List.of(new Exchangers.Exchanger(domain, 0)), secure, true);
            case DnsAnswer.None<InetAddress> _ -> new Exchangers.NoSuchDomain();
            case DnsAnswer.Failed<InetAddress>(String reason) -> new Exchangers.Unknown(reason);
        };
    }

    private Exchangers literal(DomainName domain) {
        Optional<InetAddress> address = AddressLiteral.read(domain);
        if (address.isEmpty()) {
            return new Exchangers.NoSuchDomain();
        }
        return own.isOwn(address.get())
                ? new Exchangers.Here()
                : new Exchangers.Hosts(List.of(new Exchangers.Exchanger(domain, 0)), false, true);
    }
}
