// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The PostgreSQL of an instance that names no other: its cluster lies in the data folder, it listens on loopback alone, and it asks for a password that
 * nobody else knows. Durable: fsync and synchronous commit stay on.
 */
final class EmbeddedPostgres {
    private static final String USER = "wildpost";
    private static final Duration START_PATIENCE = Duration.ofMinutes(5);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final int PASSWORD_OCTETS = 24;

    /** Small, for it shares a machine with the server; what an operator adds in postgresql.local.conf wins. */
    private static final List<String> CONFIGURATION = List.of(
            "listen_addresses = '127.0.0.1'",
            "unix_socket_directories = ''",
            "max_connections = 100",
            "shared_buffers = 64MB",
            "effective_cache_size = 512MB",
            "work_mem = 4MB",
            "maintenance_work_mem = 64MB",
            "wal_buffers = 16MB",
            "max_wal_size = 2GB",
            "checkpoint_timeout = 15min",
            "io_method = sync",
            "jit = off",
            "max_parallel_workers_per_gather = 0",
            "autovacuum_naptime = 20s",
            "log_min_messages = warning",
            "log_line_prefix = '%m [%p] '",
            "timezone = 'UTC'",
            "log_timezone = 'UTC'",
            "include_if_exists = 'postgresql.local.conf'");

    private final DataFolder data;
    private final Path home;
    private final Path cluster;
    private final int port;
    private final String password;
    private volatile Child server;

    private EmbeddedPostgres(DataFolder data, Path home, Path cluster, int port, String password, Child server) {
        this.data = data;
        this.home = home;
        this.cluster = cluster;
        this.port = port;
        this.password = password;
        this.server = server;
    }

    /** Starts it, after making the cluster on the first start, and waits until it answers. */
    static EmbeddedPostgres start(DataFolder data, int port, Told told)
            throws StartFailure, IOException, Told.ToStopException {
        Path home = data.resolve("postgresql/server");
        Path cluster = data.resolve("postgresql/cluster");
        UserNamespace.check();
        PostgresBinaries.unpack(home);
        told.goOn();
        String password = password(data);
        if (!Files.exists(cluster.resolve("PG_VERSION"))) {
            initialise(data, home, cluster);
        }
        told.goOn();
        Files.write(
                cluster.resolve("postgresql.auto.conf"),
                List.of("# WILDPOST: what is written here is lost; use postgresql.local.conf"));
        List<String> configuration = new ArrayList<>(CONFIGURATION);
        configuration.addFirst("port = " + port);
        Files.write(cluster.resolve("postgresql.conf"), configuration);
        EmbeddedPostgres postgres =
                new EmbeddedPostgres(data, home, cluster, port, password, serve(data, home, cluster, Redirect::to));
        try {
            postgres.awaitAnswer(told);
            postgres.createDatabase();
        } catch (StartFailure | Told.ToStopException e) {
            postgres.stop();
            throw e;
        }
        return postgres;
    }

    private static Child serve(DataFolder data, Path home, Path cluster, Function<File, Redirect> output)
            throws IOException {
        return Child.start(
                "PostgreSQL",
                command(home, "postgres", "-D", cluster.toString()),
                cluster,
                output.apply(log(data).toFile()),
                data.resolve("run/postgresql.pid"));
    }

    /** Starts it again after it ended by itself, and waits until it answers. */
    void revive(Told told) throws StartFailure, IOException, Told.ToStopException {
        // Why it ended stands there.
        server = serve(data, home, cluster, Redirect::appendTo);
        awaitAnswer(told);
    }

    /** Where it says what it does. */
    Path log() {
        return log(data);
    }

    private static Path log(DataFolder data) {
        return data.resolve("log/postgresql.log");
    }

    Database database() {
        return new Database("jdbc:postgresql://127.0.0.1:" + port + "/wildpost", USER, password);
    }

    Child child() {
        return server;
    }

    /** Ends it: open transactions are rolled back, everything committed is kept. */
    void stop() {
        stop(data, home, cluster);
        server.awaitExit(STOP_PATIENCE);
    }

    /** Ends one that a launcher before this one left behind. */
    static void stopLeftover(DataFolder data) {
        Path cluster = data.resolve("postgresql/cluster");
        Child.leftover(data.resolve("run/postgresql.pid"), cluster.toString()).ifPresent(handle -> {
            stop(data, data.resolve("postgresql/server"), cluster);
            Child.terminate(handle, STOP_PATIENCE);
        });
    }

    private static void stop(DataFolder data, Path home, Path cluster) {
        try {
            run(
                    command(
                            home,
                            "pg_ctl",
                            "-D",
                            cluster.toString(),
                            "-m",
                            "fast",
                            "-w",
                            "-t",
                            String.valueOf(STOP_PATIENCE.toSeconds()),
                            "stop"),
                    data.resolve("log/postgresql-stop.log"));
        } catch (IOException | StartFailure e) {
            System.getLogger("org.wildpost.launcher")
                    .log(System.Logger.Level.WARNING, "stopping PostgreSQL: " + e.getMessage());
        }
    }

    private static void initialise(DataFolder data, Path home, Path cluster) throws IOException, StartFailure {
        Path fresh = cluster.resolveSibling("cluster.new");
        if (Files.exists(fresh)) {
            // What a start that was killed left: never a cluster that held mail, for it was not renamed yet.
            Files.move(fresh, fresh.resolveSibling("cluster.unfinished-" + System.currentTimeMillis()));
        }
        Path log = data.resolve("log/postgresql-initdb.log");
        int result = run(
                command(
                        home,
                        "initdb",
                        "-D",
                        fresh.toString(),
                        "-U",
                        USER,
                        "--pwfile=" + data.resolve("postgresql/password"),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C",
                        "--data-checksums"),
                log);
        if (result != 0) {
            throw new StartFailure("the database cannot be made; '" + log + "' says why: " + lastLine(log));
        }
        Files.move(fresh, cluster, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static String password(DataFolder data) throws IOException {
        Path file = data.resolve("postgresql/password");
        if (!Files.exists(file)) {
            byte[] octets = new byte[PASSWORD_OCTETS];
            new SecureRandom().nextBytes(octets);
            DataFolder.writePrivate(
                    file, Base64.getUrlEncoder().withoutPadding().encode(octets));
        }
        return Files.readString(file, StandardCharsets.US_ASCII).strip();
    }

    private void awaitAnswer(Told told) throws StartFailure, Told.ToStopException {
        Database maintenance = new Database("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (true) {
            told.goOn();
            try (Connection connection = maintenance.connect()) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException e) {
                if (!server.isAlive() || System.nanoTime() > deadline) {
                    throw new StartFailure(
                            "PostgreSQL does not start; '" + log() + "' says why: " + lastLine(log()), e);
                }
                pause();
            }
        }
    }

    private void createDatabase() throws StartFailure {
        Database maintenance = new Database("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
        try (Connection connection = maintenance.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select 1 from pg_database where datname = 'wildpost'")) {
            if (!found.next()) {
                statement.execute("create database wildpost");
            }
        } catch (SQLException e) {
            throw new StartFailure("the database cannot be created: " + e.getMessage(), e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Path home, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return UserNamespace.command(command);
    }

    private static int run(List<String> command, Path log) throws IOException, StartFailure {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(STOP_PATIENCE.toSeconds() + 10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new StartFailure(command + " does not end; its output is in '" + log + "'");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
    }

    private static String lastLine(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return lines.stream()
                    .filter(line -> line.contains("FATAL") || line.contains("error"))
                    .findFirst()
                    .orElseGet(() -> lines.isEmpty() ? "(nothing)" : lines.getLast());
        } catch (IOException e) {
            return "(unreadable)";
        }
    }
}
