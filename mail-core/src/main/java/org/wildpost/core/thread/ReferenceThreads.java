// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The algorithm REFERENCES, step by step (RFC 5256 §3 THREAD). Depth costs no stack. For one thread. */
final class ReferenceThreads {
    private static final Comparator<ReferenceNode> BY_DATE = Comparator.comparing(ReferenceNode::face, Threads.BY_DATE);

    private final Map<Long, ReferenceNode> byId;
    private final List<ReferenceNode> nodes;
    private List<ReferenceNode> roots = new ArrayList<>();

    ReferenceThreads(List<ThreadInput> messages) {
        byId = HashMap.newHashMap(messages.size() * 2);
        nodes = new ArrayList<>(messages.size() + messages.size() / 4);
        messages.forEach(this::link);
    }

    ThreadForest forest() {
        prune();
        roots.stream().filter(ReferenceNode::isDummy).forEach(dummy -> dummy.children.sort(BY_DATE));
        roots.sort(BY_DATE);
        gatherSubjects();
        for (ReferenceNode node : preorder()) {
            node.children.sort(BY_DATE);
        }
        roots.sort(BY_DATE);
        return told();
    }

    /** Step 1: parents and children by what a message refers to. */
    private void link(ThreadInput message) {
        ReferenceNode node = own(message);
        ReferenceNode before = null;
        for (long reference : message.references()) {
            ReferenceNode referred = byId.get(reference);
            if (referred == null) {
                referred = made(reference);
            }
            if (before != null && referred.parent == null && !referred.holds(before)) {
                before.adopt(referred);
            }
            before = referred;
        }
        node.leaveParent();
        if (before != null && !node.holds(before)) {
            before.adopt(node);
        }
    }

    /** The node of a message; a second one with the same identifier has one that nobody can refer to. */
    private ReferenceNode own(ThreadInput message) {
        ReferenceNode node = message.id() == 0 ? null : byId.get(message.id());
        if (node == null) {
            node = made(message.id());
        } else if (!node.isDummy()) {
            node = made(0);
        }
        node.message = message;
        return node;
    }

    private ReferenceNode made(long id) {
        ReferenceNode node = new ReferenceNode();
        nodes.add(node);
        if (id != 0) {
            byId.put(id, node);
        }
        return node;
    }

    /** Steps 2 and 3: the roots; what is not there goes, and its children take its place, but not several of them a root's. */
    private void prune() {
        for (ReferenceNode node : nodes) {
            if (node.parent == null) {
                roots.add(node);
            }
        }
        List<ReferenceNode> order = preorder();
        for (int i = order.size() - 1; i >= 0; i--) {
            ReferenceNode node = order.get(i);
            List<ReferenceNode> kept = new ArrayList<>(node.children.size());
            for (ReferenceNode child : node.children) {
                if (child.isDummy()) {
                    kept.addAll(child.children);
                } else {
                    kept.add(child);
                }
            }
            replaceChildren(node, kept);
        }
        List<ReferenceNode> kept = new ArrayList<>(roots.size());
        for (ReferenceNode root : roots) {
            if (root.isDummy() && root.children.size() == 1) {
                kept.add(root.children.getFirst());
            } else if (!root.isDummy() || !root.children.isEmpty()) {
                kept.add(root);
            }
        }
        roots = kept;
    }

    private static void replaceChildren(ReferenceNode node, List<ReferenceNode> kept) {
        node.children.clear();
        node.children.addAll(kept);
    }

    /** Step 5: threads of one subject become one. */
    private void gatherSubjects() {
        Map<String, ReferenceNode> table = HashMap.newHashMap(roots.size());
        for (ReferenceNode root : roots) {
            String subject = root.face().baseSubject();
            if (!subject.isEmpty()) {
                table.merge(subject, root, (first, next) -> isBetter(next, first) ? next : first);
            }
        }
        Map<ReferenceNode, ReferenceNode> replaced = new HashMap<>();
        List<ReferenceNode> merged = new ArrayList<>();
        for (ReferenceNode root : roots) {
            ReferenceNode first = table.get(root.face().baseSubject());
            if (first == null || first == root) {
                merged.add(root);
            } else {
                merge(root, first, table, replaced);
            }
        }
        roots = new ArrayList<>(merged.size());
        for (ReferenceNode root : merged) {
            roots.add(replaced.getOrDefault(root, root));
        }
    }

    private static boolean isBetter(ReferenceNode next, ReferenceNode first) {
        return !first.isDummy() && (next.isDummy() || first.isReply() && !next.isReply());
    }

    private static void merge(
            ReferenceNode root,
            ReferenceNode first,
            Map<String, ReferenceNode> table,
            Map<ReferenceNode, ReferenceNode> replaced) {
        if (first.isDummy() && root.isDummy()) {
            first.children.addAll(root.children);
        } else if (first.isDummy() || root.isReply() && !first.isReply()) {
            first.children.add(root);
        } else {
            ReferenceNode dummy = new ReferenceNode();
            String subject = root.face().baseSubject();
            dummy.children.add(first);
            dummy.children.add(root);
            replaced.put(first, dummy);
            table.put(subject, dummy);
        }
    }

    private List<ReferenceNode> preorder() {
        List<ReferenceNode> order = new ArrayList<>(nodes.size());
        Deque<ReferenceNode> open = new ArrayDeque<>();
        for (ReferenceNode root : roots) {
            open.push(root);
            while (!open.isEmpty()) {
                ReferenceNode node = open.pop();
                order.add(node);
                node.children.forEach(open::push);
            }
        }
        return order;
    }

    private ThreadForest told() {
        ThreadForest.Builder forest = new ThreadForest.Builder(nodes.size());
        Deque<ReferenceNode> open = new ArrayDeque<>();
        Deque<Integer> depths = new ArrayDeque<>();
        for (ReferenceNode root : roots) {
            open.push(root);
            depths.push(0);
            while (!open.isEmpty()) {
                ReferenceNode node = open.pop();
                int depth = depths.pop();
                forest.add(node.message == null ? ThreadForest.DUMMY : node.message.uid(), depth);
                for (int i = node.children.size() - 1; i >= 0; i--) {
                    open.push(node.children.get(i));
                    depths.push(depth + 1);
                }
            }
        }
        return forest.build();
    }
}
