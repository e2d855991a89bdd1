// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

/**
 * The size of a message as it came, whatever was declared (RFC 1870 §6.3).
 *
 * @param octets the most that is taken
 */
record SizeLimit(long octets) implements Filter {
    @Override
    public Verdict judge(Delivery delivery) {
        return delivery.message().size() > octets ? new Verdict.Stop(Replies.tooLarge(octets)) : PASS;
    }
}
