// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.sort;

/**
 * What is left of a subject without the marks of answers and forwarding (RFC 5256 §2.1, the grammar of its §5).
 *
 * @param text    the base subject, its case as written
 * @param isReply whether a mark of an answer or a forwarding was removed (RFC 5256 §3 THREAD)
 */
public record BaseSubject(String text, boolean isReply) {
    private static final String FORWARDED_TRAILER = "(fwd)";
    private static final String FORWARDED_HEAD = "[fwd:";

    /** The base of a decoded subject. */
    public static BaseSubject of(String decoded) {
        return new Stripping(spaced(decoded)).run();
    }

    /** Step 1: tabs and line ends are spaces, and of several spaces one is left. */
    private static String spaced(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
            if (!blank || !space) {
                out.append(blank ? ' ' : c);
            }
            space = blank;
        }
        return out.toString();
    }

    /** The text between two ends that move towards each other. */
    private static final class Stripping {
        private final String text;
        private int start;
        private int end;
        private boolean reply;
        /** No blob that begins before this has a mark behind it: long rows of blobs are looked at once. */
        private int unmarked;

        Stripping(String text) {
            this.text = text;
            this.end = text.length();
        }

        BaseSubject run() {
            boolean again = true;
            while (again) {
                trailers();
                boolean more = true;
                while (more) {
                    more = leader() || blob();
                }
                again = forwarded();
            }
            return new BaseSubject(text.substring(start, end), reply);
        }

        /** Step 2: subj-trailer = "(fwd)" / WSP. */
        private void trailers() {
            boolean more = true;
            while (more && end > start) {
                if (text.charAt(end - 1) == ' ') {
                    end--;
                } else if (end - start >= FORWARDED_TRAILER.length()
                        && has(FORWARDED_TRAILER, end - FORWARDED_TRAILER.length())) {
                    end -= FORWARDED_TRAILER.length();
                    reply = true;
                } else {
                    more = false;
                }
            }
        }

        /** Step 3: subj-leader = (*subj-blob subj-refwd) / WSP. */
        private boolean leader() {
            if (start < end && text.charAt(start) == ' ') {
                start++;
                return true;
            }
            if (start < unmarked) {
                return false;
            }
            int at = start;
            int after = afterBlob(at);
            while (after > at) {
                at = after;
                after = afterBlob(at);
            }
            int behind = afterMark(at);
            if (behind > at) {
                start = behind;
                reply = true;
                return true;
            }
            unmarked = at;
            return false;
        }

        /** subj-refwd = ("re" / ("fw" ["d"])) *WSP [subj-blob] ":". */
        private int afterMark(int from) {
            int at = from;
            if (has("re", at)) {
                at += 2;
            } else if (has("fwd", at)) {
                at += 3;
            } else if (has("fw", at)) {
                at += 2;
            } else {
                return from;
            }
            at = afterSpace(at);
            at = afterBlob(at);
            return at < end && text.charAt(at) == ':' ? at + 1 : from;
        }

        /** Step 4: a subj-blob in front goes when something is left. */
        private boolean blob() {
            int after = afterBlob(start);
            if (after == start || after == end) {
                return false;
            }
            start = after;
            return true;
        }

        /** subj-blob = "[" *BLOBCHAR "]" *WSP; the same position when there is none. */
        private int afterBlob(int from) {
            if (from >= end || text.charAt(from) != '[') {
                return from;
            }
            int at = from + 1;
            while (at < end && text.charAt(at) != '[' && text.charAt(at) != ']') {
                at++;
            }
            return at < end && text.charAt(at) == ']' ? afterSpace(at + 1) : from;
        }

        private int afterSpace(int from) {
            int at = from;
            while (at < end && text.charAt(at) == ' ') {
                at++;
            }
            return at;
        }

        /** Step 6: subj-fwd = "[fwd:" subject "]". */
        private boolean forwarded() {
            if (!has(FORWARDED_HEAD, start) || end - start <= FORWARDED_HEAD.length() || text.charAt(end - 1) != ']') {
                return false;
            }
            start += FORWARDED_HEAD.length();
            end--;
            unmarked = 0;
            reply = true;
            return true;
        }

        private boolean has(String word, int at) {
            return at + word.length() <= end && text.regionMatches(true, at, word, 0, word.length());
        }
    }
}
