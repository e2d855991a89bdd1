// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.id.MailboxId;
import org.wildpost.core.listener.imap.AnnotationName;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.listener.imap.MetadataLimits;
import org.wildpost.core.listener.imap.MetadataQuery;
import org.wildpost.core.listener.imap.MetadataResult;
import org.wildpost.core.listener.imap.SpecialUse;

/** The annotations of {@link MemoryMail}. */
final class MemoryMetadata {
    private static final int LIMIT = MetadataLimits.DEFAULTS.value();

    /** Done once when annotations of a mailbox were set, before anybody hears of it. */
    final AtomicReference<Runnable> atSet = new AtomicReference<>(() -> {});

    private final MemoryQuota rights;
    private final Map<MailboxId, Map<AnnotationName, byte[]>> ofMailboxes = new HashMap<>();
    private final Map<MailboxId, Map<AccountId, Map<AnnotationName, byte[]>>> ofReaders = new HashMap<>();
    private final Map<AccountId, Map<AnnotationName, byte[]>> ofServer = new HashMap<>();
    private final Map<AnnotationName, byte[]> shared = new TreeMap<>();

    MemoryMetadata(MemoryQuota rights) {
        this.rights = rights;
        shared.put(AnnotationName.ADMIN, "mailto:postmaster@demo.test".getBytes(StandardCharsets.UTF_8));
    }

    private Map<AnnotationName, byte[]> all(MailboxId box, AccountId reader) {
        Map<AnnotationName, byte[]> all = new TreeMap<>(ofMailboxes.getOrDefault(box, Map.of()));
        all.putAll(ofReaders.getOrDefault(box, Map.of()).getOrDefault(reader, Map.of()));
        return all;
    }

    /** @param own whether the reader is the owner */
    Map<AnnotationName, byte[]> find(MemoryBox box, AccountId reader, boolean own, MetadataQuery query) {
        Map<AnnotationName, byte[]> all = all(box.id, reader);
        box.use
                .filter(use -> own)
                .ifPresent(use ->
                        all.put(AnnotationName.SPECIAL_USE, use.attribute().getBytes(StandardCharsets.UTF_8)));
        all.keySet().removeIf(name -> !query.wants(name));
        return all;
    }

    /** As long as the value is the same object, nobody set it. */
    private static Map<AnnotationName, Long> versions(Map<AnnotationName, byte[]> values) {
        Map<AnnotationName, Long> versions = new TreeMap<>();
        values.forEach((name, value) -> versions.put(name, (long) System.identityHashCode(value)));
        return versions;
    }

    Map<AnnotationName, Long> versions(MemoryBox box, AccountId reader) {
        return versions(all(box.id, reader));
    }

    Map<AnnotationName, Long> versionsOfServer(AccountId reader) {
        Map<AnnotationName, byte[]> all = new TreeMap<>(shared);
        all.putAll(ofServer.getOrDefault(reader, Map.of()));
        return versions(all);
    }

    Map<AnnotationName, byte[]> ofServer(AccountId reader, MetadataQuery query) {
        Map<AnnotationName, byte[]> all = new TreeMap<>(shared);
        all.putAll(ofServer.getOrDefault(reader, Map.of()));
        all.keySet().removeIf(name -> !query.wants(name));
        return all;
    }

    /** @param tree the reader's own */
    MetadataResult set(
            MemoryTree tree, MailboxName mailbox, AccountId reader, Map<AnnotationName, Optional<byte[]>> values) {
        Optional<MemoryBox> box = tree.find(mailbox);
        if (box.isEmpty()) {
            return new MetadataResult.NoSuchMailbox();
        }
        Map<AnnotationName, Optional<byte[]>> stored = new HashMap<>(values);
        Optional<byte[]> use = stored.remove(AnnotationName.SPECIAL_USE);
        if (use != null) {
            Optional<SpecialUse> wanted = use.flatMap(MemoryMetadata::use);
            if (use.isPresent() && wanted.isEmpty() || mailbox.equals(MailboxName.INBOX)) {
                return new MetadataResult.UseRefused();
            }
            if (!wanted.equals(box.get().use)) {
                box.get().moveOn();
            }
            tree.give(box.get(), wanted);
        }
        return set(box.get(), reader, stored);
    }

    /** Without a special use. */
    MetadataResult set(MemoryBox box, AccountId reader, Map<AnnotationName, Optional<byte[]>> values) {
        if (values.containsKey(AnnotationName.SPECIAL_USE)) {
            return new MetadataResult.UseRefused();
        }
        Map<AnnotationName, byte[]> all = all(box.id, reader);
        boolean changes = values.entrySet().stream()
                .anyMatch(entry -> !Arrays.equals(entry.getValue().orElse(null), all.get(entry.getKey())));
        MetadataResult result = put(all, values);
        if (changes && result instanceof MetadataResult.Done) {
            box.moveOn();
        }
        Map<AnnotationName, byte[]> ours = new TreeMap<>();
        Map<AnnotationName, byte[]> mine = new TreeMap<>();
        all.forEach((name, value) -> (name.shared() ? ours : mine).put(name, value));
        ofMailboxes.put(box.id, ours);
        ofReaders.computeIfAbsent(box.id, _ -> new HashMap<>()).put(reader, mine);
        atSet.getAndSet(() -> {}).run();
        return result;
    }

    private static Optional<SpecialUse> use(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        return Arrays.stream(SpecialUse.values())
                .filter(use -> use.attribute().equalsIgnoreCase(text))
                .findFirst();
    }

    MetadataResult setOfServer(AccountId account, Map<AnnotationName, Optional<byte[]>> values) {
        if (values.containsKey(AnnotationName.ADMIN)) {
            return new MetadataResult.ReadOnly();
        }
        boolean all = values.keySet().stream().anyMatch(AnnotationName::shared);
        if (all && !rights.administrator) {
            return new MetadataResult.NotPermitted();
        }
        return put(all ? shared : ofServer.computeIfAbsent(account, _ -> new TreeMap<>()), values);
    }

    private static MetadataResult put(Map<AnnotationName, byte[]> to, Map<AnnotationName, Optional<byte[]>> values) {
        if (values.values().stream().flatMap(Optional::stream).anyMatch(value -> value.length > LIMIT)) {
            return new MetadataResult.TooLong(LIMIT);
        }
        Map<AnnotationName, byte[]> then = new TreeMap<>(to);
        values.forEach((name, value) -> value.ifPresentOrElse(v -> then.put(name, v), () -> then.remove(name)));
        if (then.size() > Math.max(to.size(), MetadataLimits.DEFAULTS.each())) {
            return new MetadataResult.TooMany();
        }
        to.clear();
        to.putAll(then);
        return new MetadataResult.Done();
    }

    /** As renaming INBOX does. */
    void copy(MemoryBox from, MemoryBox to) {
        ofMailboxes.put(to.id, ofMailboxes.getOrDefault(from.id, Map.of()));
        ofReaders.put(to.id, new HashMap<>(ofReaders.getOrDefault(from.id, Map.of())));
    }
}
