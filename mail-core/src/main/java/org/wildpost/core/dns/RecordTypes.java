// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.wildpost.core.address.DomainName;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;

/** From the library's records to ours. Stateless. */
final class RecordTypes {
    private RecordTypes() {}

    static <T> DnsAnswer<T> map(DnsAnswer<Record> answer, Function<Record, T> reader) {
        return switch (answer) {
            case DnsAnswer.Found<Record>(List<Record> records, boolean secure, long ttl) ->
                new DnsAnswer.Found<>(records.stream().map(reader).toList(), secure, ttl);
            case DnsAnswer.None<Record>(boolean nameExists, boolean secure) -> new DnsAnswer.None<>(nameExists, secure);
            case DnsAnswer.Failed<Record>(String reason) -> new DnsAnswer.Failed<>(reason);
        };
    }

    static MxRecord mx(Record record) {
        MXRecord mx = (MXRecord) record;
        Name target = mx.getTarget();
        return new MxRecord(mx.getPriority(), target.equals(Name.root) ? Optional.empty() : Optional.of(name(target)));
    }

    static InetAddress address(Record record) {
        return record instanceof ARecord four ? four.getAddress() : ((AAAARecord) record).getAddress();
    }

    static String text(Record record) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] string : ((TXTRecord) record).getStringsAsByteArrays()) {
            joined.writeBytes(string);
        }
        return joined.toString(StandardCharsets.UTF_8);
    }

    static TlsaRecord tlsa(Record record) {
        TLSARecord tlsa = (TLSARecord) record;
        return new TlsaRecord(
                tlsa.getCertificateUsage(),
                tlsa.getSelector(),
                tlsa.getMatchingType(),
                tlsa.getCertificateAssociationData());
    }

    static DomainName pointer(Record record) {
        return name(((PTRRecord) record).getTarget());
    }

    static DomainName alias(Record record) {
        return name(((CNAMERecord) record).getTarget());
    }

    /** Whatever stands in a zone, also what no host could be called; such a name has no address when it is asked for. */
    private static DomainName name(Name name) {
        return new DomainName(name.toString(true).toLowerCase(Locale.ROOT));
    }
}
