// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import picocli.CommandLine;

/** {@code ./wildpost run}: starts everything in the foreground and ends everything with it. */
@CommandLine.Command(
        name = "wildpost run",
        description =
                "Starts PostgreSQL (unless WILDPOST_DB_URL names another) and the server, and keeps them running until Ctrl-C or SIGTERM.",
        mixinStandardHelpOptions = true,
        versionProvider = Launcher.Version.class,
        sortOptions = false)
public final class Launcher implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int CANNOT_START = 2;

    @CommandLine.Option(
            names = "--demo",
            description =
                    "Make the domain demo.test with accounts admin@, alice@ and bob@ (password: wildpost), on loopback only.")
    private boolean demo;

    @CommandLine.Option(names = "--home", hidden = true, required = true, description = "The configured WildFly.")
    private Path home = Path.of("");

    @CommandLine.Option(names = "--ear", hidden = true, required = true, description = "The application.")
    private Path ear = Path.of("");

    /** Runs until it is told to stop; exits with 0 after that, 1 when a part of the server ended by itself, 2 when it could not start. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Launcher());
        line.setParameterExceptionHandler((problem, given) -> {
            System.err.println("wildpost: " + problem.getMessage() + " (wildpost run --help lists the options)");
            return CANNOT_START;
        });
        line.setExecutionExceptionHandler((problem, command, result) -> {
            System.err.println("wildpost: " + words(problem));
            return CANNOT_START;
        });
        System.exit(line.execute(arguments));
    }

    /** What is said about whatever kept the server from starting, in one line. */
    static String words(Exception problem) {
        return switch (problem) {
            case StartFailure failure -> String.valueOf(failure.getMessage());
            case AccessDeniedException denied ->
                "permission denied: '" + denied.getFile()
                        + "': let the user who starts Wildpost read it, or build as that user";
            default -> problem.toString();
        };
    }

    @Override
    public Integer call() throws StartFailure, IOException {
        long begun = System.nanoTime();
        Settings settings = Settings.of(System.getenv(), demo);
        try (DataFolder data = DataFolder.open(settings.data())) {
            WildFly.stopLeftover(data);
            EmbeddedPostgres.stopLeftover(data);
            Ports.check(settings);
            Running running = new Running(data);
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(running::stop));
            try {
                running.start(settings, home, ear);
                Console.ready(settings, Duration.ofNanos(System.nanoTime() - begun));
                // The start needed memory that the watch does not: the heap shrinks at a collection.
                Runtime.getRuntime().gc();
                String ended = running.awaitEnd();
                if (!running.told.stop()) {
                    System.err.println("wildpost: " + ended + " ended by itself; the files in '" + data.resolve("log")
                            + "' say why");
                }
                return FAILED;
            } catch (Told.ToStopException stopped) {
                return FAILED;
            } finally {
                running.stop();
            }
        }
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String built = Launcher.class.getPackage().getImplementationVersion();
            return new String[] {"Wildpost " + (built == null ? "(from classes)" : built)};
        }
    }

    /**
     * The parts that run, ended in the reverse order of their start. Who is told to stop in the middle of the start waits for the step that is under way, so that
     * nothing it has begun is forgotten.
     */
    private static final class Running {
        private final DataFolder data;
        private final Told told = new Told();
        private final ReentrantLock starting = new ReentrantLock();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final CountDownLatch stopped = new CountDownLatch(1);
        private volatile @org.jspecify.annotations.Nullable EmbeddedPostgres postgres;
        private volatile @org.jspecify.annotations.Nullable WildFly wildFly;
        private volatile @org.jspecify.annotations.Nullable WebCertificate certificate;

        Running(DataFolder data) {
            this.data = data;
        }

        void start(Settings settings, Path home, Path ear) throws StartFailure, IOException, Told.ToStopException {
            starting.lock();
            try {
                startParts(settings, home, ear);
            } finally {
                starting.unlock();
            }
        }

        private void startParts(Settings settings, Path home, Path ear)
                throws StartFailure, IOException, Told.ToStopException {
            if (!Files.isRegularFile(ear) || !Files.isDirectory(home)) {
                throw new StartFailure("the server is not built: './wildpost run' does that");
            }
            Database database;
            if (settings.outside().isPresent()) {
                Settings.Outside outside = settings.outside().get();
                database = new Database(outside.url(), outside.user(), outside.password());
                database.check();
            } else {
                Console.say("Starting PostgreSQL ...");
                EmbeddedPostgres started =
                        EmbeddedPostgres.start(data, Ports.POSTGRESQL.at(settings.portOffset()), told);
                postgres = started;
                database = started.database();
            }
            told.goOn();
            WebCertificate prepared = WebCertificate.prepare(data, settings, home);
            certificate = prepared;
            Console.say("Starting the server ...");
            WildFly server = WildFly.start(home, ear, data, settings, database);
            wildFly = server;
            server.awaitReady(told);
            prepared.watch();
            EmbeddedPostgres ours = postgres;
            if (ours != null) {
                new DatabaseWatch(ours, told, starting).begin();
            }
        }

        /** The name of what ended that nothing starts again. */
        String awaitEnd() {
            WildFly server = java.util.Objects.requireNonNull(wildFly);
            return server.child()
                    .onExit()
                    .thenApply(process -> server.child().name())
                    .join();
        }

        void stop() {
            told.toStop();
            if (!ended.compareAndSet(false, true)) {
                awaitStopped();
                return;
            }
            if (postgres != null || wildFly != null || starting.isLocked()) {
                Console.say("Stopping ...");
            }
            starting.lock();
            try {
                WebCertificate watched = certificate;
                if (watched != null) {
                    watched.close();
                }
                WildFly server = wildFly;
                if (server != null) {
                    server.stop();
                }
                EmbeddedPostgres database = postgres;
                if (database != null) {
                    database.stop();
                }
            } finally {
                starting.unlock();
                stopped.countDown();
            }
        }

        private void awaitStopped() {
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
