// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.imap;

import java.util.Locale;

/**
 * The name of an annotation (RFC 5464 §3.2), or of the branch above some; case does not matter and is lost.
 *
 * @param shared whether all see one value; otherwise everybody has a value of their own
 * @param path   what stands behind {@code /private} or {@code /shared}, as {@code /comment}; empty for everything in that scope
 */
public record AnnotationName(boolean shared, String path) implements Comparable<AnnotationName> {
    /** Characters of the whole name. */
    public static final int MAX_LENGTH = 250;

    /** What a mailbox is for, tied to its special use (RFC 6154 §4). */
    public static final AnnotationName SPECIAL_USE = new AnnotationName(false, "/specialuse");

    /** How to reach the administrator; read-only (RFC 5464 §3.2.1.1). */
    public static final AnnotationName ADMIN = new AnnotationName(true, "/admin");

    private static final String SHARED = "/shared";
    private static final String PRIVATE = "/private";
    private static final String VENDOR = "/vendor";
    /** Below {@code /vendor}: the token and what the vendor calls it. */
    private static final int VENDOR_LEVELS = 2;

    public AnnotationName {
        path = path.toLowerCase(Locale.ROOT);
        if (!isPath(path)) {
            throw new IllegalArgumentException("not the name of an annotation");
        }
    }

    /**
     * From the wire.
     *
     * @throws IllegalArgumentException when no annotation can have this name
     */
    public static AnnotationName parse(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a name has at most " + MAX_LENGTH + " characters");
        }
        if (isWithin(lower, SHARED)) {
            return new AnnotationName(true, lower.substring(SHARED.length()));
        }
        if (isWithin(lower, PRIVATE)) {
            return new AnnotationName(false, lower.substring(PRIVATE.length()));
        }
        throw new IllegalArgumentException("a name begins with /private/ or /shared/");
    }

    /** Whether it can have a value: it has two levels, and four below {@code /vendor} (RFC 5464 §3.2). */
    public boolean holdsValue() {
        if (!isWithin(path, VENDOR)) {
            return !path.isEmpty();
        }
        return path.chars().filter(c -> c == '/').count() > VENDOR_LEVELS;
    }

    /** Whether it is that name or lies below it, at most so many levels. */
    public boolean isAtOrBelow(AnnotationName other, int levels) {
        if (shared != other.shared || !isWithin(path, other.path)) {
            return false;
        }
        return path.substring(other.path.length()).chars().filter(c -> c == '/').count() <= levels;
    }

    @Override
    public int compareTo(AnnotationName other) {
        return toString().compareTo(other.toString());
    }

    /** As it stands on the wire. */
    @Override
    public String toString() {
        return (shared ? SHARED : PRIVATE) + path;
    }

    private static boolean isWithin(String name, String branch) {
        return name.startsWith(branch) && (name.length() == branch.length() || name.charAt(branch.length()) == '/');
    }

    private static boolean isPath(String path) {
        boolean slashes = path.isEmpty() || path.charAt(0) == '/' && !path.endsWith("/") && !path.contains("//");
        return slashes && path.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '*' && c != '%');
    }
}
