// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.mime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One part of a message and where it lies. Offsets count octets from the first octet of the message.
 * A multipart has children and no content of its own; a {@code message/rfc822} has an envelope and exactly one child, the root of the message in it.
 *
 * @param type             the media type, lower case, {@code text} when absent
 * @param subtype          the subtype, lower case
 * @param parameters       the parameters of Content-Type in order, RFC 2231 continuations joined and decoded, names in lower case
 * @param contentId        Content-ID as written, with its angle brackets
 * @param description      Content-Description
 * @param transferEncoding Content-Transfer-Encoding in lower case, {@code 7bit} when absent
 * @param md5              Content-MD5
 * @param disposition      Content-Disposition
 * @param languages        Content-Language
 * @param location         Content-Location
 * @param headerOffset     where the part's header begins
 * @param bodyOffset       where its body begins (after the empty line)
 * @param bodyLength       octets of the body as transferred, without the CRLF that belongs to the boundary
 * @param bodyLines        line ends in the body
 * @param envelope         the envelope of the message in a {@code message/rfc822} or {@code message/global} part
 * @param children         the parts of a multipart, or the one root of a contained message
 */
public record MimePart(
        String type,
        String subtype,
        Map<String, String> parameters,
        @Nullable String contentId,
        @Nullable String description,
        String transferEncoding,
        @Nullable String md5,
        @Nullable Disposition disposition,
        List<String> languages,
        @Nullable String location,
        long headerOffset,
        long bodyOffset,
        long bodyLength,
        long bodyLines,
        @Nullable Envelope envelope,
        List<MimePart> children) {
    public MimePart {
        parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        languages = List.copyOf(languages);
        children = List.copyOf(children);
    }

    /**
     * @param type       such as {@code attachment}, lower case
     * @param parameters in order, names in lower case, RFC 2231 decoded
     */
    public record Disposition(String type, Map<String, String> parameters) {
        public Disposition {
            parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    public boolean isMultipart() {
        return type.equals("multipart");
    }

    /** Whether this part contains a message whose structure is known. */
    public boolean isMessage() {
        return envelope != null;
    }

    /**
     * The same structure after {@code octets} were put in front of the message's header: the root's header begins at 0 still, all else moves.
     */
    public MimePart shifted(long octets) {
        return octets == 0 ? this : moved(octets, true);
    }

    private MimePart moved(long octets, boolean root) {
        return new MimePart(
                type,
                subtype,
                parameters,
                contentId,
                description,
                transferEncoding,
                md5,
                disposition,
                languages,
                location,
                root ? headerOffset : headerOffset + octets,
                bodyOffset + octets,
                bodyLength,
                bodyLines,
                envelope,
                children.stream().map(child -> child.moved(octets, false)).toList());
    }
}
