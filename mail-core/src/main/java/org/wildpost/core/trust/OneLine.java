// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.trust;

/** The words of a fault for a record of attempts: one line, of the fault at its root. Stateless. */
final class OneLine {
    private static final int MAX = 200;

    private OneLine() {}

    static String of(String before, Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = before + String.valueOf(root.getMessage()).replaceAll("\\p{Cntrl}+", " ");
        return text.length() > MAX ? text.substring(0, MAX) : text;
    }
}
