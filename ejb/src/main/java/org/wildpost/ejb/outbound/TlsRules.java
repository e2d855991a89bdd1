// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.dns.DnsResolver;
import org.wildpost.core.mx.AddressLiteral;
import org.wildpost.core.sts.StsPolicy;
import org.wildpost.core.tlsreport.ResultType;
import org.wildpost.core.transport.TlsDemand;
import org.wildpost.core.trust.Authorities;
import org.wildpost.core.trust.DaneVerifier;
import org.wildpost.core.trust.PkixVerifier;
import org.wildpost.core.trust.TlsLevel;
import org.wildpost.ejb.sts.StsFinding;
import org.wildpost.ejb.sts.StsPolicies;
import org.wildpost.persistence.transport.TlsPolicy;

/**
 * Decides what TLS must be with one host of a destination. The first that speaks decides: an operator's policy; REQUIRETLS (RFC 8689), which only ever makes it
 * stricter; DANE (RFC 7672); MTA-STS (RFC 8461), which never loosens DANE (§2); else TLS when it is offered. Safe for all threads.
 */
final class TlsRules {
    private final DnsResolver dns;
    private final StsPolicies sts;
    private final Authorities authorities;
    private final TlsFailures failures;

    TlsRules(DnsResolver dns, StsPolicies sts, Authorities authorities, TlsFailures failures) {
        this.dns = dns;
        this.sts = sts;
        this.authorities = authorities;
        this.failures = failures;
    }

    /**
     * A host and what is known of it.
     *
     * @param destination     the domain of the recipients
     * @param host            one of its exchangers, or the server that somebody named
     * @param trusted         whether that it is this host is proved or set by an operator
     * @param addressesSecure whether DNSSEC proved its addresses
     * @param requireTls      whether the message may only go over proved TLS (RFC 8689 §4.2.1)
     */
    record Question(
            DomainName destination,
            DomainName host,
            int port,
            boolean trusted,
            boolean addressesSecure,
            boolean requireTls) {}

    /** What was decided. */
    sealed interface Decision {
        /** So it must be. */
        record Demanded(TlsDemand demand, DomainName serverName, String policy) implements Decision {}

        /** The host may not have the message. */
        record Forbidden(Attempt.Outcome outcome, String policy) implements Decision {}
    }

    /**
     * For one of the destination's exchangers.
     *
     * @param policy what the operator demands for the destination
     */
    Decision exchanger(Question question, Optional<TlsPolicy.Demand> policy) {
        if (policy.isPresent()) {
            return byOperator(question, policy.get());
        }
        if (question.requireTls()) {
            return required(question, List.of(question.host()), true);
        }
        DaneLookup.Finding dane = dane(question);
        return switch (dane) {
            case DaneLookup.Finding.Secure secure -> demanded(question, secure, "dane");
            case DaneLookup.Finding.Unknown(String reason) -> unknown(question, reason, "dane");
            case DaneLookup.Finding.None _ -> bySts(question);
        };
    }

    /** For a server that an operator named; what its domain publishes about its exchangers does not matter. */
    Decision named(Question question, TlsPolicy.Demand policy) {
        return byOperator(question, policy);
    }

    private Decision byOperator(Question question, TlsPolicy.Demand policy) {
        List<DomainName> names = policy.names().isEmpty() ? List.of(question.host()) : policy.names();
        String label = "local:" + policy.level().text();
        if (policy.level() == TlsLevel.NONE && question.requireTls()) {
            return refused("the message requires TLS, which a policy of this server forbids", label);
        }
        if (question.requireTls() && policy.level().compareTo(TlsLevel.VERIFY) < 0) {
            return required(question, names, !policy.names().isEmpty());
        }
        return switch (policy.level()) {
            case NONE -> demanded(new TlsDemand.None(), question, label);
            case MAY -> demanded(TlsDemand.Opportunistic.UNOBSERVED, question, label);
            case ENCRYPT -> demanded(new TlsDemand.Encrypted(), question, label);
            case VERIFY -> demanded(pkix(names), question, label);
            case DANE -> daneOnly(question, label);
        };
    }

    private Decision daneOnly(Question question, String label) {
        return switch (dane(question)) {
            case DaneLookup.Finding.Secure secure
            when !secure.records().usable().isEmpty() -> demanded(question, secure, label);
            case DaneLookup.Finding.Unknown(String reason) -> unknown(question, reason, label);
            default ->
                new Decision.Forbidden(
                        deferred(
                                "4.7.5",
                                "a policy of this server demands DANE, and " + question.host()
                                        + " has no secure TLSA record that can be used"),
                        label);
        };
    }

    /** RFC 8689 §4.2.1: the host must be the right one by DNSSEC or MTA-STS, and must prove that it is. */
    private Decision required(Question question, List<DomainName> names, boolean stsMayProve) {
        DaneLookup.Finding dane = dane(question);
        if (dane instanceof DaneLookup.Finding.Unknown(String reason)) {
            return unknown(question, reason, "requiretls:dane");
        }
        if (dane instanceof DaneLookup.Finding.Secure secure
                && !secure.records().usable().isEmpty()) {
            return demanded(question, secure, "requiretls:dane");
        }
        if (question.trusted() || question.host().equals(question.destination())) {
            return demanded(pkix(names), question, "requiretls:pkix");
        }
        StsFinding finding = stsMayProve ? sts.find(question.destination()) : new StsFinding.Absent();
        if (finding instanceof StsFinding.Unreachable(ResultType _, String reason)) {
            return new Decision.Forbidden(deferred("4.7.5", reason), "requiretls:sts");
        }
        if (finding instanceof StsFinding.Published(StsPolicy policy)
                && policy.mode() != StsPolicy.Mode.NONE
                && policy.allows(question.host())) {
            return demanded(pkix(names), question, "requiretls:sts");
        }
        return refused(
                "the message requires TLS, and neither DNSSEC nor MTA-STS proves that " + question.host()
                        + " is right for " + question.destination(),
                "requiretls");
    }

    private Decision bySts(Question question) {
        if (AddressLiteral.isLiteral(question.destination())) {
            return opportunistic(question);
        }
        return switch (sts.find(question.destination())) {
            case StsFinding.Absent _ -> opportunistic(question);
            case StsFinding.Unreachable(ResultType type, String reason) -> {
                failures.failed(question.destination(), question.host(), "sts:unreachable", type, reason);
                yield opportunistic(question);
            }
            case StsFinding.Published(StsPolicy policy) ->
                policy.mode() == StsPolicy.Mode.NONE ? opportunistic(question) : bySts(question, policy);
        };
    }

    private Decision bySts(Question question, StsPolicy policy) {
        String label = "sts:" + policy.mode().text();
        boolean enforced = policy.mode() == StsPolicy.Mode.ENFORCE;
        if (!policy.allows(question.host())) {
            String reason = question.host() + " is not in the MTA-STS policy of " + question.destination();
            failures.failed(question.destination(), question.host(), label, ResultType.VALIDATION_FAILURE, reason);
            return enforced
                    ? new Decision.Forbidden(deferred("4.7.5", reason), label)
                    : demanded(TlsDemand.Opportunistic.UNOBSERVED, question, "sts:mismatch");
        }
        TlsDemand.Verified verified = pkix(List.of(question.host()));
        return demanded(
                enforced ? verified : new TlsDemand.Opportunistic(Optional.of(verified.verifier())), question, label);
    }

    private static Decision opportunistic(Question question) {
        return demanded(TlsDemand.Opportunistic.UNOBSERVED, question, "opportunistic");
    }

    private DaneLookup.Finding dane(Question question) {
        return question.trusted() && !AddressLiteral.isLiteral(question.host())
                ? new DaneLookup(dns).find(question.host(), question.port(), question.addressesSecure())
                : new DaneLookup.Finding.None();
    }

    private TlsDemand.Verified pkix(List<DomainName> names) {
        return new TlsDemand.Verified(new PkixVerifier(names, authorities));
    }

    private static Decision demanded(TlsDemand demand, Question question, String policy) {
        return new Decision.Demanded(demand, question.host(), policy);
    }

    private static Decision demanded(Question question, DaneLookup.Finding.Secure secure, String policy) {
        if (secure.records().usable().isEmpty()) {
            return new Decision.Demanded(new TlsDemand.Encrypted(), secure.base(), policy + ":unusable");
        }
        Set<DomainName> names = new LinkedHashSet<>(List.of(secure.base(), question.host(), question.destination()));
        names.removeIf(AddressLiteral::isLiteral);
        return new Decision.Demanded(
                new TlsDemand.Verified(new DaneVerifier(secure.records(), new ArrayList<>(names))),
                secure.base(),
                policy);
    }

    private Decision unknown(Question question, String reason, String policy) {
        failures.failed(question.destination(), question.host(), policy, ResultType.DNSSEC_INVALID, reason);
        return new Decision.Forbidden(deferred("4.7.5", reason), policy);
    }

    /** RFC 8689 §7: 5.7.30. */
    private static Decision refused(String reason, String policy) {
        return new Decision.Forbidden(new Attempt.Failed("5.7.30", reason), policy);
    }

    private static Attempt.Deferred deferred(String status, String reason) {
        return new Attempt.Deferred(status, reason, Attempt.Scope.DESTINATION);
    }
}
