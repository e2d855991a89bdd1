// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

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
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
