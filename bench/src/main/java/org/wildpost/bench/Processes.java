// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Processes of this machine and their memory, by Linux's /proc. */
final class Processes {
    private static final Path PROC = Path.of("/proc");
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final String LISTENING = "0A";

    private Processes() {}

    /** The launcher of the instance that listens on a port, and all that it started. */
    static List<Long> ofInstance(int port) throws IOException {
        long server = listening(port);
        // WildFly's parent is the launcher, whose children are all the rest.
        long launcher = ProcessHandle.of(server)
                .flatMap(ProcessHandle::parent)
                .filter(parent -> commandLine(parent.pid()).contains("org.wildpost.launcher"))
                .map(ProcessHandle::pid)
                .orElse(server);
        return tree(launcher);
    }

    /** A process and all below it. */
    static List<Long> tree(long root) {
        List<Long> all = new ArrayList<>(List.of(root));
        ProcessHandle.of(root).ifPresent(handle -> handle.descendants().forEach(child -> all.add(child.pid())));
        return all;
    }

    /** Octets of memory that these processes have to themselves, and their share of what they share (PSS). */
    static long proportional(List<Long> processes) throws IOException {
        long sum = 0;
        for (long process : processes) {
            sum += kilobytes(PROC.resolve(process + "/smaps_rollup"), "Pss:");
        }
        return sum;
    }

    /** Octets of memory that these processes have resident, shared ones counted in each (RSS). */
    static long resident(List<Long> processes) throws IOException {
        long sum = 0;
        for (long process : processes) {
            sum += kilobytes(PROC.resolve(process + "/status"), "VmRSS:");
        }
        return sum;
    }

    /** Milliseconds that these processes were on a processor. */
    static long processorMillis(List<Long> processes) throws IOException {
        long sum = 0;
        for (long process : processes) {
            sum += ProcessHandle.of(process)
                    .flatMap(handle -> handle.info().totalCpuDuration())
                    .map(java.time.Duration::toMillis)
                    .orElse(0L);
        }
        return sum;
    }

    /** Has the virtual machines among them collect garbage: memory that they merely have in hand says nothing. */
    static void collectGarbage(List<Long> processes) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        for (long process : processes) {
            if (commandLine(process).contains("java")) {
                // Twice: what has a cleaner goes with the second.
                Commands.run(jcmd, Long.toString(process), "GC.run");
                Commands.run(jcmd, Long.toString(process), "GC.run");
            }
        }
    }

    private static long kilobytes(Path file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static String commandLine(long process) {
        try {
            return Files.readString(PROC.resolve(process + "/cmdline"), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static long listening(int port) throws IOException {
        String socket = "socket:[" + inode(port) + "]";
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, socket)) {
                    return Long.parseLong(process.getFileName().toString());
                }
            }
        }
        throw new IOException("no process is seen that listens on port " + port);
    }

    private static String inode(int port) throws IOException {
        String end = ":%04X".formatted(port);
        for (String name : List.of("net/tcp", "net/tcp6")) {
            for (String line : Files.readAllLines(PROC.resolve(name))) {
                String[] columns = line.strip().split("\\s+");
                if (columns[LOCAL_ADDRESS].endsWith(end) && columns[STATE].equals(LISTENING)) {
                    return columns[INODE];
                }
            }
        }
        throw new IOException("nobody listens on port " + port);
    }

    private static boolean holds(Path process, String socket) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (socket.equals(target(descriptor))) {
                    return true;
                }
            }
        } catch (IOException e) {
            // Gone, or somebody else's: not ours.
        }
        return false;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
