// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.mailbox;

/**
 * By how much a mailbox's counters move in one change.
 *
 * @param uids     how many new UIDs are allocated
 * @param messages messages more, or fewer when negative; likewise the rest
 */
public record Advance(long uids, long messages, long unseen, long deleted, long size) {
    /** Nothing new: a change of flags that no counter sees. */
    public static final Advance NONE = new Advance(0, 0, 0, 0, 0);

    /** Both together. */
    public Advance plus(Advance other) {
        return new Advance(
                uids + other.uids,
                messages + other.messages,
                unseen + other.unseen,
                deleted + other.deleted,
                size + other.size);
    }

    /** The way back. */
    public Advance negated() {
        return new Advance(-uids, -messages, -unseen, -deleted, -size);
    }

    /** The same, with a new UID for each message. */
    public Advance withUids() {
        return new Advance(messages, messages, unseen, deleted, size);
    }

    /** One message more, with a new UID. */
    public static Advance added(int systemFlags, long size) {
        return new Advance(1, 1, unseen(systemFlags), deleted(systemFlags), size);
    }

    /** One message fewer. */
    public static Advance removed(int systemFlags, long size) {
        return new Advance(0, -1, -unseen(systemFlags), -deleted(systemFlags), -size);
    }

    /** One message whose flags were replaced. */
    public static Advance reflagged(int before, int after) {
        return new Advance(0, 0, unseen(after) - unseen(before), deleted(after) - deleted(before), 0);
    }

    private static long unseen(int systemFlags) {
        return (systemFlags & org.wildpost.core.message.SystemFlag.SEEN.bit()) == 0 ? 1 : 0;
    }

    private static long deleted(int systemFlags) {
        return (systemFlags & org.wildpost.core.message.SystemFlag.DELETED.bit()) == 0 ? 0 : 1;
    }
}
