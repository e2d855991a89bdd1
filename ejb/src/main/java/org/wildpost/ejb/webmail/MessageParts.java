// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wildpost.core.mime.MimePart;

/**
 * A message's leaves sorted for reading (RFC 2046 §5.1): its text, its HTML, and what is attached.
 *
 * @param text        the plain text to show
 * @param html        the HTML to show
 * @param attachments the files, in order; pictures that the HTML shows by Content-ID are not among them
 * @param pictures    image parts with a Content-ID
 */
public record MessageParts(
        Optional<MessagePart> text,
        Optional<MessagePart> html,
        List<MessagePart> attachments,
        List<MessagePart> pictures) {
    public MessageParts {
        attachments = List.copyOf(attachments);
        pictures = List.copyOf(pictures);
    }

    /** Sorts the leaves of a structure. */
    public static MessageParts of(MimePart root) {
        List<MessagePart> leaves = leaves(root);
        Optional<MessagePart> text = body(leaves, "text/plain");
        Optional<MessagePart> html = body(leaves, "text/html");
        List<MessagePart> pictures = new ArrayList<>();
        List<MessagePart> attachments = new ArrayList<>();
        for (MessagePart leaf : leaves) {
            boolean shown = Optional.of(leaf).equals(text) || Optional.of(leaf).equals(html);
            boolean picture =
                    leaf.mime().type().equals("image") && leaf.contentId().isPresent();
            if (picture) {
                pictures.add(leaf);
            }
            boolean hidden = picture && html.isPresent() && !leaf.isAttachment();
            if (!shown && !hidden) {
                attachments.add(leaf);
            }
        }
        return new MessageParts(text, html, attachments, pictures);
    }

    /** The leaf with a part number. */
    public static Optional<MessagePart> find(MimePart root, String number) {
        return leaves(root).stream()
                .filter(leaf -> leaf.number().equals(number))
                .findFirst();
    }

    private static Optional<MessagePart> body(List<MessagePart> leaves, String mediaType) {
        return leaves.stream()
                .filter(leaf -> leaf.mediaType().equals(mediaType) && !leaf.isAttachment())
                .findFirst();
    }

    private static List<MessagePart> leaves(MimePart root) {
        List<MessagePart> leaves = new ArrayList<>();
        if (root.isMultipart()) {
            walk(root, "", leaves);
        } else {
            leaves.add(new MessagePart("1", root));
        }
        return leaves;
    }

    private static void walk(MimePart multipart, String prefix, List<MessagePart> leaves) {
        int n = 1;
        for (MimePart child : multipart.children()) {
            String number = prefix + n++;
            if (child.isMultipart()) {
                walk(child, number + ".", leaves);
            } else {
                leaves.add(new MessagePart(number, child));
            }
        }
    }
}
