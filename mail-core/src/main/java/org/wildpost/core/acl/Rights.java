// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.acl;

import java.util.Optional;

/**
 * A set of rights.
 *
 * @param mask a bit for each, by its letter; not what is stored, which is {@link #letters()}
 */
public record Rights(int mask) {
    /** None at all. */
    public static final Rights NONE = new Rights(0);

    /** What an owner has. */
    public static final Rights ALL = of(Right.values());

    /** The obsolete right to create, which stands for two (RFC 4314 §2.1.1). */
    private static final Rights OLD_CREATE = of(Right.CREATE, Right.DELETE_MAILBOX);

    /** The obsolete right to delete, likewise. */
    private static final Rights OLD_DELETE = of(Right.DELETE_MESSAGES, Right.EXPUNGE);

    public static Rights of(Right... rights) {
        int mask = 0;
        for (Right right : rights) {
            mask |= right.bit();
        }
        return new Rights(mask);
    }

    /** What these letters mean, the obsolete c and d among them; empty when there is one that means nothing (RFC 4314 §3.1). */
    public static Optional<Rights> parse(String letters) {
        Rights rights = NONE;
        for (int i = 0; i < letters.length(); i++) {
            Rights meant = meaning(letters.charAt(i));
            if (meant.isEmpty()) {
                return Optional.empty();
            }
            rights = rights.plus(meant);
        }
        return Optional.of(rights);
    }

    private static Rights meaning(char letter) {
        if (letter == 'c' || letter == 'd') {
            return letter == 'c' ? OLD_CREATE : OLD_DELETE;
        }
        for (Right right : Right.values()) {
            if (right.letter() == letter) {
                return of(right);
            }
        }
        return NONE;
    }

    public boolean isEmpty() {
        return mask == 0;
    }

    public boolean has(Right right) {
        return (mask & right.bit()) != 0;
    }

    /** Whether one of them is here at least. */
    public boolean hasAny(Rights others) {
        return (mask & others.mask) != 0;
    }

    /** Whether all of them are here. */
    public boolean hasAll(Rights others) {
        return (mask & others.mask) == others.mask;
    }

    public Rights plus(Rights others) {
        return new Rights(mask | others.mask);
    }

    public Rights minus(Rights others) {
        return new Rights(mask & ~others.mask);
    }

    /** The letters as they are stored, each right once. */
    public String letters() {
        StringBuilder letters = new StringBuilder();
        for (Right right : Right.values()) {
            if (has(right)) {
                letters.append(right.letter());
            }
        }
        return letters.toString();
    }

    /** As it is told: with c and d for old clients where a part of what they stand for is here (RFC 4314 §2.1.1). */
    public String text() {
        return letters() + (hasAny(OLD_CREATE) ? "c" : "") + (hasAny(OLD_DELETE) ? "d" : "");
    }

    @Override
    public String toString() {
        return text();
    }
}
