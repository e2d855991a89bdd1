// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sts;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.wildpost.core.address.DomainName;

/**
 * The record that says that a domain has a policy, and which (RFC 8461 §3.1).
 *
 * @param id changes when the policy does
 */
public record StsRecord(String id) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,32}");

    /** Where the record of a domain stands. */
    public static String name(DomainName domain) {
        return "_mta-sts." + domain.ascii();
    }

    /** Where its policy is fetched. */
    public static DomainName host(DomainName domain) {
        return new DomainName("mta-sts." + domain.ascii());
    }

    /** The record among the TXT records; empty when there is none or more than one, or it is malformed: then there is no policy. */
    public static Optional<StsRecord> of(List<String> texts) {
        return TagList.only(texts, "STSv1")
                .map(values -> values.getOrDefault("id", ""))
                .filter(id -> ID.matcher(id).matches())
                .map(StsRecord::new);
    }
}
