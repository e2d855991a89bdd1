// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.tlsreport;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.sts.TagList;

/**
 * Where a domain wants its reports (RFC 8460 §3).
 *
 * @param mail  by mail, to these
 * @param https by POST, to these
 */
public record ReportAddresses(List<EmailAddress> mail, List<URI> https) {
    /** Addresses that are used of a record at most. */
    static final int MAX = 5;

    private static final String MAILTO = "mailto:";

    public ReportAddresses {
        mail = List.copyOf(mail);
        https = List.copyOf(https);
    }

    /** Where the record of a domain stands. */
    public static String name(DomainName domain) {
        return "_smtp._tls." + domain.ascii();
    }

    /** The addresses in the one record among the TXT records; empty when there is none, or nothing in it that can be used. */
    public static Optional<ReportAddresses> of(List<String> texts) {
        return TagList.only(texts, "TLSRPTv1")
                .map(values -> read(values.getOrDefault("rua", "")))
                .filter(addresses ->
                        !addresses.mail().isEmpty() || !addresses.https().isEmpty());
    }

    private static ReportAddresses read(String rua) {
        List<EmailAddress> mail = new ArrayList<>();
        List<URI> https = new ArrayList<>();
        for (String text : rua.split(",", MAX + 1)) {
            String address = text.strip();
            if (mail.size() + https.size() == MAX) {
                break;
            }
            if (address.toLowerCase(Locale.ROOT).startsWith(MAILTO)) {
                mailbox(address.substring(MAILTO.length())).ifPresent(mail::add);
            } else {
                https(address).ifPresent(https::add);
            }
        }
        return new ReportAddresses(mail, https);
    }

    private static Optional<EmailAddress> mailbox(String text) {
        int query = text.indexOf('?');
        String encoded = query < 0 ? text : text.substring(0, query);
        try {
            // '+' stands for itself in mailto (RFC 6068 §2).
            String decoded = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
            return Optional.of(EmailAddress.parse(decoded));
        } catch (AddressException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> https(String text) {
        try {
            URI uri = new URI(text);
            return Optional.of(uri)
                    .filter(good -> "https".equalsIgnoreCase(good.getScheme())
                            && good.getHost() != null
                            && good.getRawUserInfo() == null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
