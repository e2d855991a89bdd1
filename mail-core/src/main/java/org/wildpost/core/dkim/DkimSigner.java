// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dkim;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.james.jdkim.canon.RelaxedBodyCanonicalizer;
import org.wildpost.core.message.SpooledMessage;

/**
 * Signs a message with any number of keys in one pass over its octets; canonicalization is relaxed for header and body (RFC 6376 §3.4). Without
 * state; safe for all threads.
 */
public final class DkimSigner {
    /** What is signed when it is there (RFC 6376 §5.4.1). */
    private static final List<String> SIGNED = List.of(
            "from",
            "reply-to",
            "subject",
            "date",
            "to",
            "cc",
            "message-id",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "resent-date",
            "resent-from",
            "resent-to",
            "resent-cc",
            "list-id",
            "list-help",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "list-subscribe",
            "list-post",
            "list-owner",
            "list-archive");

    /** What nobody may add on the way: named once more than it is there (RFC 6376 §8.15). */
    private static final List<String> SEALED =
            List.of("from", "reply-to", "subject", "date", "to", "cc", "message-id", "content-type");

    /** Characters of base64 on a line of the field. */
    private static final int LINE = 72;

    private static final int BUFFER = 16 * 1024;

    private DkimSigner() {}

    /**
     * The DKIM-Signature fields, one for each key in their order, each with its CRLF; to be put in front of the message.
     *
     * @param message with CRLF line ends, as it will leave
     * @throws IOException when the message cannot be read, or its header has no end within {@value SignedFields#MAX_HEADER} octets
     */
    public static byte[] sign(SpooledMessage message, List<DkimKey> keys, Instant now) throws IOException {
        MessageDigest bodyHash = sha256();
        SignedFields fields;
        try (PushbackInputStream in = new PushbackInputStream(new BufferedInputStream(message.open(), BUFFER))) {
            fields = SignedFields.read(in);
            try (OutputStream canonical =
                    new RelaxedBodyCanonicalizer(new DigestOutputStream(OutputStream.nullOutputStream(), bodyHash))) {
                in.transferTo(canonical);
            }
        }
        List<String> names = names(fields);
        byte[] header = fields.canonical(names);
        String hash = Base64.getEncoder().encodeToString(bodyHash.digest());
        StringBuilder signatures = new StringBuilder();
        for (DkimKey key : keys) {
            signatures.append(field(key, names, hash, header, now));
        }
        return signatures.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static List<String> names(SignedFields fields) {
        List<String> names = new ArrayList<>();
        for (String name : SIGNED) {
            int wanted = fields.count(name) + (SEALED.contains(name) ? 1 : 0);
            for (int i = 0; i < wanted; i++) {
                names.add(name);
            }
        }
        return names;
    }

    /** RFC 6376 §3.5 and §3.7: the field itself is signed with an empty {@code b=} and without its CRLF. */
    private static String field(DkimKey key, List<String> names, String bodyHash, byte[] header, Instant now) {
        String unsigned = " v=1; a=" + key.algorithm().tag() + "; c=relaxed/relaxed;\r\n\td=" + key.domain() + "; s="
                + key.selector() + "; t=" + now.getEpochSecond() + ";\r\n\th=" + folded(names) + ";\r\n\tbh=" + bodyHash
                + ";\r\n\tb=";
        String own = SignedFields.relaxed("dkim-signature", unsigned).stripTrailing();
        byte[] tail = own.getBytes(StandardCharsets.US_ASCII);
        byte[] data = new byte[header.length + tail.length];
        System.arraycopy(header, 0, data, 0, header.length);
        System.arraycopy(tail, 0, data, header.length, tail.length);
        String signature = Base64.getEncoder().encodeToString(key.algorithm().sign(key.key(), data));
        return "DKIM-Signature:" + unsigned + wrapped(signature) + "\r\n";
    }

    private static String folded(List<String> names) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (int i = 0; i < names.size(); i++) {
            String piece = names.get(i) + (i + 1 < names.size() ? ":" : "");
            if (column + piece.length() > LINE) {
                out.append("\r\n\t ");
                column = 0;
            }
            out.append(piece);
            column += piece.length();
        }
        return out.toString();
    }

    private static String wrapped(String base64) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < base64.length(); i += LINE) {
            out.append(i == 0 ? "" : "\r\n\t ").append(base64, i, Math.min(base64.length(), i + LINE));
        }
        return out.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
