// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.wildpost.launcher.Launcher;

/** One running server, started by the launcher in a process of its own, as a person does. */
public final class Instance implements AutoCloseable {
    /** All ports stay below 32768, from where on Linux gives them to clients. */
    private static final int FIRST_OFFSET = 11_000;

    private static final int OFFSET_STEP = 311;

    /** For each virtual machine that runs tests at the same time. */
    private static final int OFFSETS = 18;

    private static int nextOffset;

    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(90);

    /** Where nobody answers: no test asks the name servers of the outside. */
    private static final String NO_DNS = "127.0.0.1:9";

    /** Servers that live for a minute spend more on compiling their start well than they ever gain: half of its processor time. */
    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

    /** The variable that every {@code java} takes options from. */
    static final String JVM_OPTIONS = "JDK_JAVA_OPTIONS";

    private final Process launcher;
    private final Path output;
    private final Path data;
    private final int offset;

    private Instance(Process launcher, Path output, Path data, int offset) {
        this.launcher = launcher;
        this.output = output;
        this.data = data;
        this.offset = offset;
    }

    /** Starts a server and waits until it says that it is ready. */
    public static Instance start(Path data, int offset, Map<String, String> environment, String... options)
            throws IOException {
        Instance instance = launch(data, offset, environment, options);
        instance.awaitOutput("Ready after");
        return instance;
    }

    /** Waits until the launcher has printed some words. */
    void awaitOutput(String words) throws IOException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!output().contains(words)) {
            if (!launcher.isAlive() || System.nanoTime() > deadline) {
                String said = output();
                killAll();
                throw new IllegalStateException(
                        "the server does not start: " + said + tail(data.resolve("log/server.log")));
            }
            pause(Duration.ofMillis(50));
        }
    }

    /** Starts a launcher without waiting for anything. */
    public static Instance launch(Path data, int offset, Map<String, String> environment, String... options)
            throws IOException {
        Path work = Files.createDirectories(Path.of(System.getProperty("wildpost.it.work")));
        Path output = Files.createTempFile(work, "launcher-", ".out");
        ClassArchive.prepare(work);
        ClassArchive.lend(work, data);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                "--home",
                System.getProperty("wildpost.it.home"),
                "--ear",
                System.getProperty("wildpost.it.ear")));
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WILDPOST_"));
        builder.environment().put("WILDPOST_DATA", data.toString());
        builder.environment().put("WILDPOST_PORT_OFFSET", String.valueOf(offset));
        builder.environment().put("WILDPOST_DNS_SERVERS", NO_DNS);
        builder.environment().put(JVM_OPTIONS, QUICK_COMPILER);
        builder.environment().putAll(environment);
        return new Instance(builder.start(), output, data, offset);
    }

    /** An offset from which on all ports are free; the next call gets another one, for the ports may be opened much later. */
    public static synchronized int freeOffset() {
        int[] ports = {25, 110, 143, 465, 587, 993, 995, 8080, 8443, 9990, 5432};
        int fork = Integer.parseInt(Path.of(System.getProperty("wildpost.it.work"))
                        .getFileName()
                        .toString())
                - 1;
        for (int tries = 0; tries < OFFSETS; tries++) {
            int offset = FIRST_OFFSET + (fork * OFFSETS + nextOffset) * OFFSET_STEP;
            nextOffset = (nextOffset + 1) % OFFSETS;
            boolean free = true;
            for (int port : ports) {
                free &= isFree(port + offset);
            }
            if (free) {
                return offset;
            }
        }
        throw new IllegalStateException("no range of ports is free");
    }

    /** A standard port as this instance has moved it. */
    public int port(int standard) {
        return standard + offset;
    }

    public Path data() {
        return data;
    }

    public Process launcher() {
        return launcher;
    }

    /** What the launcher printed so far. */
    public String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** Every process of this instance. */
    public List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(launcher.toHandle()), launcher.descendants())
                .toList();
    }

    /** The processes of its PostgreSQL. */
    public List<ProcessHandle> postgres() {
        return processes().stream()
                .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
                .toList();
    }

    /** The command lines of processes that have to do with the data folder, whoever started them. */
    public List<String> strays() throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String commandLine = commandLine(process);
                if (commandLine.contains(data + "/")) {
                    found.add(commandLine);
                }
            }
        }
        return found;
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException ended) {
            return "";
        }
    }

    /** {@code kill -9} of every process, the launcher first so that nothing ends in order. */
    public void killAll() {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** SIGTERM, and waits for the end. */
    public int stop() {
        launcher.destroy();
        try {
            if (!launcher.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                killAll();
                throw new IllegalStateException("the server does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return launcher.exitValue();
    }

    @Override
    public void close() {
        if (launcher.isAlive()) {
            stop();
            ClassArchive.keep(Path.of(System.getProperty("wildpost.it.work")), data);
        }
    }

    private static String tail(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
