// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/** What one message says to a question: follows the aliases in it, and tells "there is none" from "nobody knows". Stateless. */
final class AnswerReader {
    /** Seconds that an answer is kept at most, whatever its zone says (RFC 8767 §4). */
    static final long MAX_TTL = Duration.ofDays(1).toSeconds();

    /** Seconds that "there is none" is kept at most (RFC 2308 §5). */
    static final long MAX_NEGATIVE_TTL = Duration.ofHours(1).toSeconds();

    private AnswerReader() {}

    /** What a message says. */
    sealed interface Reading {
        /**
         * Records of the type that was asked for.
         *
         * @param aliased whether they stand at another name than the one that was asked for
         */
        record Records(List<Record> records, long ttl, boolean aliased) implements Reading {}

        /** There is no such record. */
        record Nothing(boolean nameExists, long ttl) implements Reading {}

        /** An alias whose target the message says nothing of. */
        record Alias(Name target, long ttl) implements Reading {}

        /** Nothing that can be used. */
        record Broken(String reason) implements Reading {}
    }

    /**
     * Reads.
     *
     * @param now for signatures that end before the time to live does (RFC 4035 §5.3.3)
     */
    static Reading read(Message message, DnsQuestion question, Instant now) {
        int code = message.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            return new Reading.Broken(Rcode.string(code) + reason(message));
        }
        List<Record> answer = message.getSection(Section.ANSWER);
        long ttl = Math.min(MAX_TTL, signaturesEnd(answer, now));
        Name owner = question.name();
        for (int steps = 0; steps <= answer.size(); steps++) {
            List<Record> found = of(answer, owner, question.type());
            if (!found.isEmpty()) {
                return new Reading.Records(found, Math.min(ttl, shortest(found)), !owner.equals(question.name()));
            }
            List<Record> aliases = question.type() == Type.CNAME ? List.of() : of(answer, owner, Type.CNAME);
            if (aliases.isEmpty()) {
                return nothing(message, owner, !owner.equals(question.name()), ttl);
            }
            ttl = Math.min(ttl, shortest(aliases));
            owner = ((CNAMERecord) aliases.getFirst()).getTarget();
        }
        return new Reading.Broken("its aliases go in a circle");
    }

    private static Reading nothing(Message message, Name owner, boolean aliased, long ttl) {
        List<Record> authority = message.getSection(Section.AUTHORITY);
        SOARecord start = authority.stream()
                .filter(SOARecord.class::isInstance)
                .map(SOARecord.class::cast)
                .findFirst()
                .orElse(null);
        // RFC 2308 §5: the lesser of the SOA's own time to live and its minimum; without a SOA it is not kept.
        long negative = start == null
                ? 0
                : Math.min(Math.min(start.getTTL(), start.getMinimum()), Math.min(ttl, MAX_NEGATIVE_TTL));
        if (message.getRcode() == Rcode.NXDOMAIN) {
            return new Reading.Nothing(false, negative);
        }
        if (aliased && start == null) {
            return new Reading.Alias(owner, ttl);
        }
        boolean referral = start == null
                && !message.getHeader().getFlag(Flags.AA)
                && authority.stream().anyMatch(record -> record.getType() == Type.NS);
        return referral
                ? new Reading.Broken("the server refers to others instead of asking them")
                : new Reading.Nothing(true, negative);
    }

    private static List<Record> of(List<Record> records, Name owner, int type) {
        List<Record> found = new ArrayList<>();
        for (Record record : records) {
            if (record.getType() == type
                    && record.getDClass() == DClass.IN
                    && record.getName().equals(owner)) {
                found.add(record);
            }
        }
        return found;
    }

    private static long shortest(List<Record> records) {
        return records.stream().mapToLong(Record::getTTL).min().orElse(0);
    }

    private static long signaturesEnd(List<Record> records, Instant now) {
        long end = Long.MAX_VALUE;
        for (Record record : records) {
            if (record instanceof RRSIGRecord signature) {
                end = Math.min(end, Duration.between(now, signature.getExpire()).toSeconds());
            }
        }
        return Math.max(end, 0);
    }

    /** Why the validator did not believe an answer. */
    private static String reason(Message message) {
        for (Record record : message.getSection(Section.ADDITIONAL)) {
            if (record instanceof TXTRecord text && record.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS) {
                return ": " + String.join("", text.getStrings());
            }
        }
        return "";
    }
}
