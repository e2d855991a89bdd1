// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import java.nio.charset.StandardCharsets;
import org.wildpost.adapter.net.Connection.LineTooLongException;

/** The two ends of a line that is longer than it may be; what is between them is forgotten. For one thread. */
final class LongLine {
    private final StringBuilder start = new StringBuilder();
    private final StringBuilder end = new StringBuilder();

    /** Takes the next octets. */
    void add(byte[] octets, int from, int length) {
        int wanted = Math.min(length, LineTooLongException.KEPT - start.length());
        start.append(latin1(octets, from, wanted));
        // One more than is kept: it may be the CR of the line end.
        int last = Math.min(length, LineTooLongException.KEPT + 1);
        end.append(latin1(octets, from + length - last, last));
        end.delete(0, Math.max(0, end.length() - LineTooLongException.KEPT - 1));
    }

    /** What is thrown when the line is over. */
    LineTooLongException tooLong(int limit) {
        return new LineTooLongException(limit, withoutCr(start), withoutCr(end));
    }

    private static String withoutCr(StringBuilder text) {
        int length = text.length();
        return length > 0 && text.charAt(length - 1) == '\r' ? text.substring(0, length - 1) : text.toString();
    }

    private static String latin1(byte[] octets, int from, int length) {
        return new String(octets, from, length, StandardCharsets.ISO_8859_1);
    }
}
