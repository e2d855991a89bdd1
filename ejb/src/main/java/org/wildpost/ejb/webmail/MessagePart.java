// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.mime.EncodedWords;
import org.wildpost.core.mime.MimePart;

/**
 * A leaf of a message as a person sees it: a body or an attachment.
 *
 * @param number its part number (RFC 9051 §6.4.5), such as {@code 1.2}
 * @param mime   where it lies
 */
public record MessagePart(String number, MimePart mime) {
    /** Characters of a file name that is offered to a browser. */
    private static final int MAX_NAME = 120;

    /** The media type without parameters. */
    public String mediaType() {
        return mime.type() + "/" + mime.subtype();
    }

    /** The name to save it under: the sender's, without folders and control characters, or one made from its type (RFC 2183 §2.3). */
    public String fileName() {
        MimePart.Disposition disposition = mime.disposition();
        String given = disposition == null ? null : disposition.parameters().get("filename");
        if (given == null) {
            given = mime.parameters().get("name");
        }
        String name = given == null ? "" : safe(EncodedWords.decode(given));
        return name.isEmpty() ? defaultName() : name;
    }

    /** Octets after decoding, by estimate. */
    public long size() {
        return mime.transferEncoding().equals("base64")
                ? (mime.bodyLength() - 2 * mime.bodyLines()) / 4 * 3
                : mime.bodyLength();
    }

    /** The Content-ID without its angle brackets. */
    public Optional<String> contentId() {
        String id = mime.contentId();
        return id == null ? Optional.empty() : Optional.of(id.strip().replaceAll("^<|>$", ""));
    }

    boolean isAttachment() {
        MimePart.@Nullable Disposition disposition = mime.disposition();
        return disposition != null && disposition.type().equals("attachment");
    }

    private String defaultName() {
        String extension = switch (mediaType()) {
            case "text/plain" -> "txt";
            case "message/rfc822", "message/global" -> "eml";
            case "image/jpeg" -> "jpg";
            default -> mime.subtype().matches("[a-z0-9]{1,8}") ? mime.subtype() : "bin";
        };
        return "part-" + number.replace('.', '-') + "." + extension.toLowerCase(Locale.ROOT);
    }

    /** No folders, no control or direction characters, no leading dot. */
    static String safe(String name) {
        String bare = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}\\p{Cf}\"*:<>?|]", "")
                .strip()
                .replaceAll("^\\.+", "");
        return bare.length() <= MAX_NAME ? bare : bare.substring(bare.length() - MAX_NAME);
    }
}
