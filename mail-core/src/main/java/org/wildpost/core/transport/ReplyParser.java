// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.transport;

/** The grammar of a line of a reply: {@code Reply-code ( "-" / SP ) textstring} (RFC 5321 §4.2). */
final class ReplyParser {
    private static final int CODE = 3;

    private ReplyParser() {}

    /**
     * @param last whether the reply ends here
     */
    record Line(int code, boolean last, String text) {}

    /** It is no line of a reply. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int offset;

        SyntaxException(String message, int offset) {
            super(message);
            this.offset = offset;
        }

        /** Where, in characters. */
        int offset() {
            return offset;
        }
    }

    /**
     * Parses one line without its end. Any second digit is taken, and a code alone ends a reply, as the RFC asks of clients.
     *
     * @throws SyntaxException when it is no line of a reply
     */
    static Line parse(String line) throws SyntaxException {
        if (line.length() < CODE) {
            throw new SyntaxException("a reply begins with three digits", line.length());
        }
        int code = 0;
        for (int i = 0; i < CODE; i++) {
            char c = line.charAt(i);
            if (c < '0' || c > '9' || i == 0 && (c < '2' || c > '5')) {
                throw new SyntaxException("a reply begins with three digits", i);
            }
            code = code * 10 + c - '0';
        }
        if (line.length() == CODE) {
            return new Line(code, true, "");
        }
        char separator = line.charAt(CODE);
        if (separator != ' ' && separator != '-') {
            throw new SyntaxException("a blank or a hyphen follows the code", CODE);
        }
        return new Line(code, separator == ' ', line.substring(CODE + 1));
    }
}
