// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import org.wildpost.core.listener.smtp.SmtpVerdict;

/** One thing to be decided about a message before it is delivered. Has no transaction; safe for all threads. */
@FunctionalInterface
interface Filter {
    /** What a filter decides. */
    sealed interface Verdict {
        /** The next filter decides. */
        record Pass() implements Verdict {}

        /** It ends here, with this answer; nothing is stored. */
        record Stop(SmtpVerdict answer) implements Verdict {}
    }

    /** Goes on. */
    Verdict PASS = new Verdict.Pass();

    Verdict judge(Delivery delivery);
}
