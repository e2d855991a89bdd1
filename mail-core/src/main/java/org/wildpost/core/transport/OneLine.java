// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

/** Text of others made fit for a record: one line, printable, not endless. */
final class OneLine {
    /** Characters of a reply or reason that are kept. */
    static final int MAX = 1000;

    private OneLine() {}

    static String of(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MAX));
        text.codePoints()
                .limit(MAX)
                .map(c -> c == '\t' ? ' ' : c)
                .map(c -> Character.isISOControl(c) || isInvisible(c) ? '?' : c)
                .forEach(line::appendCodePoint);
        return line.toString().strip();
    }

    static String of(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : of(message);
    }

    /** Line separators and what turns the direction of writing: a log must not be forged with them. */
    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
