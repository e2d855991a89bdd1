// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

/** A message that went through as many servers as this is in a loop (RFC 5321 §6.3). */
final class HopLimit implements Filter {
    /** The least that RFC 5321 §6.3 allows. */
    static final int MAX_HOPS = 100;

    @Override
    public Verdict judge(Delivery delivery) {
        return delivery.index().hops() >= MAX_HOPS ? new Verdict.Stop(Replies.TOO_MANY_HOPS) : PASS;
    }
}
