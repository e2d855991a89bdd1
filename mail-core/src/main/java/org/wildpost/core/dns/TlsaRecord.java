// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A TLSA record as it stands in the zone (RFC 6698 §2.1); values that no RFC knows are kept, and are unusable to whoever reads them.
 *
 * @param usage        certificate usage
 * @param selector     what of the certificate
 * @param matchingType how it is compared
 * @param data         certificate association data; not to be changed
 */
public record TlsaRecord(int usage, int selector, int matchingType, byte[] data) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TlsaRecord record
                && usage == record.usage
                && selector == record.selector
                && matchingType == record.matchingType
                && Arrays.equals(data, record.data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return usage + " " + selector + " " + matchingType + " "
                + HexFormat.of().formatHex(data);
    }
}
