// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.delivery;

import org.wildpost.ejb.settings.DiskRoom;

/**
 * The disk that a message is to be stored on, looked at once more: whoever did not declare a size is asked at the end (RFC 5321 §4.2.3, 452).
 *
 * @param room what is free
 */
record EnoughRoom(DiskRoom room) implements Filter {
    @Override
    public Verdict judge(Delivery delivery) {
        return room.has(delivery.message().size()) ? PASS : new Verdict.Stop(Replies.NO_ROOM);
    }
}
