// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process of the server, in a session of its own: a Ctrl-C on the terminal reaches the launcher alone, which ends its children in order.
 * Its id is kept in a file, so that a later launcher finds what one that was killed left behind.
 */
final class Child {
    private final String name;
    private final Process process;
    private final Path pidFile;

    private Child(String name, Process process, Path pidFile) {
        this.name = name;
        this.process = process;
        this.pidFile = pidFile;
    }

    /** Starts a command; what it prints goes to a file that is begun anew. */
    static Child start(String name, List<String> command, Path directory, Path output, Path pidFile)
            throws IOException {
        return start(name, command, directory, Redirect.to(output.toFile()), pidFile);
    }

    /** Starts a command whose output goes somewhere. */
    static Child start(String name, List<String> command, Path directory, Redirect output, Path pidFile)
            throws IOException {
        List<String> detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(detached)
                .directory(directory.toFile())
                .redirectInput(Redirect.from(new java.io.File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().keySet().removeIf(variable -> variable.startsWith(Variable.PREFIX));
        Process process = builder.start();
        Files.writeString(pidFile, Long.toString(process.pid()));
        return new Child(name, process, pidFile);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Completes when the process has ended. */
    java.util.concurrent.CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    long pid() {
        return process.pid();
    }

    String name() {
        return name;
    }

    /** Asks the process to end, and makes it after a time. */
    void terminate(Duration patience) {
        terminate(process.toHandle(), patience);
        forget();
    }

    /** Waits for the end of a process that was asked to end in its own way, and makes it after a time. */
    void awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        forget();
    }

    private void forget() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            System.getLogger("org.wildpost.launcher")
                    .log(System.Logger.Level.WARNING, "the file " + pidFile + " stays: " + e.getMessage());
        }
    }

    /**
     * A process that a launcher before this one left, if it runs still.
     *
     * @param mark a word in its command line that no other process has, so that a recycled id is not mistaken for it
     */
    static Optional<ProcessHandle> leftover(Path pidFile, String mark) {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            String commandLine = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
            return commandLine.contains(mark) ? ProcessHandle.of(pid) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    static void terminate(ProcessHandle handle, Duration patience) {
        handle.destroy();
        if (!await(handle, patience)) {
            handle.destroyForcibly();
            await(handle, patience);
        }
    }

    private static boolean await(ProcessHandle handle, Duration patience) {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
            return !handle.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !handle.isAlive();
        }
    }
}
