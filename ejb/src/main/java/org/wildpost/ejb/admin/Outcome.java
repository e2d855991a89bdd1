// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.admin;

import java.util.List;

/** The answer to something that an administrator asked for. What is not {@link Done} changed nothing. */
public sealed interface Outcome<T> {
    /** It is done; the value is as it is now, or as it was before it was deleted. */
    record Done<T>(T value) implements Outcome<T> {}

    /** There is no such domain or account. */
    record NotFound<T>() implements Outcome<T> {}

    /** It may not be done, at least one field says why. */
    record Refused<T>(List<Refusal> refusals) implements Outcome<T> {
        public Refused {
            refusals = List.copyOf(refusals);
            if (refusals.isEmpty()) {
                throw new IllegalArgumentException("a refusal has a reason");
            }
        }
    }

    /** A refusal with one reason. */
    static <T> Outcome<T> refused(String field, Refusal.Reason reason, String text) {
        return new Refused<>(List.of(new Refusal(field, reason, text)));
    }
}
