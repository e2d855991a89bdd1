// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.wildpost.core.message.SpooledMessage;

/** The Delivered-To fields that a message brings along: whoever redirected it once and sees it again is in a loop. */
final class DeliveredTo {
    /** Octets of the header that are looked at; trace fields stand first. */
    private static final int MAX_HEADER = 256 * 1024;

    private static final String NAME = "delivered-to:";

    private DeliveredTo() {}

    /** The fields' values in lower case. */
    static Set<String> of(SpooledMessage message) throws IOException {
        Set<String> found = new TreeSet<>();
        try (InputStream in = new BufferedInputStream(message.open())) {
            int left = MAX_HEADER;
            String line = line(in, left);
            while (!line.isBlank() && left > 0) {
                String lower = line.toLowerCase(Locale.ROOT);
                if (lower.startsWith(NAME)) {
                    found.add(lower.substring(NAME.length()).strip());
                }
                left -= line.length() + 2;
                line = line(in, left);
            }
        }
        return found;
    }

    private static String line(InputStream in, int limit) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        while (octet >= 0 && octet != '\n' && line.size() < limit) {
            line.write(octet);
            octet = in.read();
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
