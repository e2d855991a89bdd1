// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.thread;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wildpost.core.mime.EncodedWords;
import org.wildpost.core.mime.HeaderFields;
import org.wildpost.core.sort.BaseSubject;

/**
 * By what a message is known and finds its conversation; each name as a hash of eight octets, for they are looked up by the thousand.
 *
 * @param own     of its Message-ID, or of its EMAILID where it has none
 * @param parents of the messages that it answers, the nearest first (RFC 5322 §3.6.4)
 * @param subject of its base subject, when there is one
 */
public record ThreadKeys(long own, List<Long> parents, OptionalLong subject) {
    /** References that are looked at: the nearest ones, and the one that began it. */
    public static final int MAX_PARENTS = 100;

    private static final Pattern MESSAGE_ID = Pattern.compile("<([^<>\\s]{1,1000})>");

    public ThreadKeys {
        parents = List.copyOf(parents);
    }

    /** The keys of a message with this header and this EMAILID. */
    public static ThreadKeys of(HeaderFields header, long emailId) {
        List<String> ids = messageIds(header.first("message-id").orElse(""));
        String own = ids.isEmpty() ? "e" + emailId : "m" + ids.getFirst();
        List<String> parents = new ArrayList<>();
        header.first("in-reply-to").ifPresent(field -> parents.addAll(messageIds(field)));
        header.first("references").ifPresent(field -> parents.addAll(messageIds(field)));
        String subject = header.first("subject").map(ThreadKeys::baseSubject).orElse("");
        return new ThreadKeys(
                hash(own),
                nearestFirst(parents).stream().map(id -> hash("m" + id)).toList(),
                subject.isEmpty() ? OptionalLong.empty() : OptionalLong.of(hash("s" + subject)));
    }

    /** RFC 5256 §2.1. */
    private static String baseSubject(String field) {
        return BaseSubject.of(EncodedWords.decode(field)).text().toLowerCase(Locale.ROOT);
    }

    /** All of them. */
    public List<Long> all() {
        List<Long> all = new ArrayList<>(parents);
        all.add(own);
        subject.ifPresent(all::add);
        return all;
    }

    private static List<String> messageIds(String field) {
        List<String> ids = new ArrayList<>();
        Matcher matcher = MESSAGE_ID.matcher(field);
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        return ids;
    }

    /** In-Reply-To stands before References here, whose last is the nearest. */
    private static List<String> nearestFirst(List<String> ids) {
        Set<String> nearest = new LinkedHashSet<>(ids.reversed());
        if (nearest.size() <= MAX_PARENTS) {
            return List.copyOf(nearest);
        }
        List<String> all = List.copyOf(nearest);
        List<String> some = new ArrayList<>(all.subList(0, MAX_PARENTS - 1));
        some.add(all.getLast());
        return some;
    }

    private static long hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
