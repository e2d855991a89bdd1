// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** TXT records of the form {@code v=NAME; key=value; key=value;} (RFC 8461 §3.1, RFC 8460 §3). Stateless. */
public final class TagList {
    private TagList() {}

    /**
     * The values of the one record with this version; keys are case-sensitive, the first of two counts. Empty when there is none, and when there are two: then
     * nobody may choose (RFC 8461 §3.1, RFC 8460 §3).
     */
    public static Optional<Map<String, String>> only(List<String> records, String version) {
        List<String> ours = records.stream()
                .filter(record -> record.startsWith("v=" + version)
                        && record.substring(2 + version.length()).stripLeading().startsWith(";"))
                .toList();
        return ours.size() == 1 ? Optional.of(values(ours.getFirst())) : Optional.empty();
    }

    private static Map<String, String> values(String record) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String tag : record.split(";", -1)) {
            int equals = tag.indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(
                        tag.substring(0, equals).strip(),
                        tag.substring(equals + 1).strip());
            }
        }
        return values;
    }
}
