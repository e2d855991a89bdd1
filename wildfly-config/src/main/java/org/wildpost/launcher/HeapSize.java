// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How much memory the server's heap may take when nobody says. It is taken as it is needed, and given back. */
final class HeapSize {
    /** What a mail server of a few people gets along with, in MiB. */
    static final int LEAST_MB = 512;

    /** Above it a collection of all garbage would keep clients waiting, in MiB. */
    static final int MOST_MB = 2048;

    /** The rest of the machine is for PostgreSQL, the page cache and what else runs there. */
    private static final int SHARE = 8;

    /** Of the heap, what answers to FETCH may take. */
    private static final int CACHE_SHARE = 16;

    private static final long MEBIBYTE = 1024L * 1024;

    /** A number with more digits is no amount of memory, but what cgroups say for "no limit". */
    private static final int MOST_DIGITS = 15;

    private static final List<String> FILES =
            List.of("proc/meminfo", "sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes");

    private HeapSize() {}

    /**
     * The default of WILDPOST_MAX_HEAP_MB.
     *
     * @param memory octets of the machine, or of the container
     * @return MiB
     */
    static int ofMachine(long memory) {
        return Math.clamp(memory / MEBIBYTE / SHARE, LEAST_MB, MOST_MB);
    }

    /** The default of WILDPOST_IMAP_CACHE_MB, in MiB. */
    static int cacheMb(int heapMb) {
        return heapMb / CACHE_SHARE;
    }

    /** Octets of memory that this machine has, or this container may have. */
    static long memory() {
        return memory(Path.of("/"));
    }

    /**
     * As Linux tells it in files: the beans of the JDK that know it, too, would cost the launcher 12 MB.
     *
     * @return 0 where nothing is told
     */
    static long memory(Path root) {
        return FILES.stream()
                .map(root::resolve)
                .filter(Files::isReadable)
                .map(HeapSize::firstLine)
                .map(HeapSize::octets)
                .flatMapToLong(OptionalLong::stream)
                .min()
                .orElse(0);
    }

    private static String firstLine(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            // Not told here; another file may tell it.
            return "";
        }
    }

    /** "MemTotal: 8000000 kB", "max", or a number of octets. */
    private static OptionalLong octets(String line) {
        String digits = line.replaceAll("\\D", "");
        if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(digits) * (line.endsWith("kB") ? 1024 : 1));
    }
}
