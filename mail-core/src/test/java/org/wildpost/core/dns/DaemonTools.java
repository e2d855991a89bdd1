// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs of Debian that tests start on loopback, or skip themselves without. */
final class DaemonTools {
    private static final int PATIENCE_SECONDS = 60;

    private DaemonTools() {}

    /** The program's path, or the test is skipped and says why. */
    static String installed(String name) {
        String found = Stream.concat(
                        Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin", "/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        Assumptions.assumeTrue(!found.isEmpty(), name + " is not installed");
        return found;
    }

    /** Runs a program to its end in a folder; its output, one line each. */
    static List<String> run(Path folder, List<String> command) throws IOException {
        Path output = Files.createTempFile(folder, "run-", ".out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(command + " failed: " + Files.readString(output));
        }
        return Files.readAllLines(output);
    }

    /** Starts a server that stays in the foreground. */
    static Process start(Path folder, String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(Path.of(command[0]).getFileName() + ".log")
                        .toFile())
                .start();
    }

    static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A port of loopback that is free for UDP and TCP now. */
    static int freePort() throws IOException {
        for (int tries = 0; tries < 50; tries++) {
            try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                    ServerSocket tcp = new ServerSocket(udp.getLocalPort(), 1, InetAddress.getLoopbackAddress())) {
                return tcp.getLocalPort();
            } catch (IOException e) {
                // Taken for TCP: another one.
            }
        }
        throw new IOException("no free port");
    }

    /** Waits until the server answers at all. */
    static void awaitAnswer(InetSocketAddress server, Process process, Path log) throws IOException {
        List<String> failures = new ArrayList<>();
        Instant end = Instant.now().plusSeconds(PATIENCE_SECONDS);
        DnsSettings settings = new DnsSettings(List.of(server), Duration.ofSeconds(2), DnsSettings.Proof.NONE, "");
        while (Instant.now().isBefore(end) && process.isAlive()) {
            try (DnsJavaResolver resolver = new DnsJavaResolver(settings)) {
                DnsAnswer<String> answer = resolver.txt("test");
                if (!(answer instanceof DnsAnswer.Failed<String>(String reason))) {
                    return;
                }
                failures.add(reason);
            }
        }
        throw new IOException(server + " does not answer: " + failures + "; it said " + Files.readString(log));
    }
}
