// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Postfix's test server, which fails as its options say. */
final class SmtpSink implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Process process;
    private final Path folder;

    private SmtpSink(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * Starts it, or the test is skipped with the reason.
     *
     * @param options as they are written in a shell, without quotes
     */
    static SmtpSink start(int port, String options) throws IOException {
        Tool.installed("smtp-sink");
        Path folder = Files.createTempDirectory("wildpost-sink-");
        List<String> command = new ArrayList<>(List.of("smtp-sink", "-d", folder + "/%M."));
        if (System.getProperty("user.name").equals("root")) {
            // It insists on being somebody else then.
            command.addAll(List.of("-u", "nobody"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        Arrays.stream(options.split(" ")).filter(option -> !option.isEmpty()).forEach(command::add);
        command.addAll(List.of("127.0.0.1:" + port, "100"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        SmtpSink sink = new SmtpSink(process, folder);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!listens(port)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                sink.close();
                throw new IOException(command + " does not start");
            }
            Rest.pause();
        }
        return sink;
    }

    /** Everything that it took to the end. */
    String taken() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private static boolean listens(int port) {
        try (java.net.Socket socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        Maildirs.delete(folder);
    }
}
