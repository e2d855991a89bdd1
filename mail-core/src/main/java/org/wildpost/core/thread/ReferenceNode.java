// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message in the tree that {@link ReferenceThreads} builds, or the place of one that others refer to. For one thread. */
final class ReferenceNode {
    @Nullable
    ThreadInput message;

    @Nullable
    ReferenceNode parent;

    final List<ReferenceNode> children = new ArrayList<>(0);

    boolean isDummy() {
        return message == null;
    }

    /** The message whose date and subject count: its own, or that of the first child. */
    ThreadInput face() {
        ThreadInput own = message;
        return own != null
                ? own
                : Objects.requireNonNull(children.getFirst().message, "a dummy's children are messages");
    }

    boolean isReply() {
        ThreadInput own = message;
        return own != null && own.isReply();
    }

    void adopt(ReferenceNode child) {
        child.parent = this;
        children.add(child);
    }

    void leaveParent() {
        ReferenceNode from = parent;
        if (from != null) {
            // The youngest link is the one that is broken most often.
            from.children.remove(from.children.lastIndexOf(this));
            parent = null;
        }
    }

    /** Whether the other lies below this, or is this. */
    boolean holds(ReferenceNode other) {
        if (children.isEmpty()) {
            return other == this;
        }
        ReferenceNode at = other;
        while (at != null && at != this) {
            at = at.parent;
        }
        return at == this;
    }
}
