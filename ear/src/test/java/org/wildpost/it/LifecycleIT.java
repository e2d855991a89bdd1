// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting, stopping, and everything that keeps a server from starting. */
@ExtendWith(DemoServer.class)
class LifecycleIT {
    @TempDir
    private Path folder;

    @Test
    void runsBesideAnotherOnOneMachineAndLeavesNothingBehind(Instance other) throws IOException {
        Instance server = Instance.start(folder.resolve("data"), Instance.freeOffset(), Map.of(), "--demo");
        assertThat(server.output())
                .contains("https://127.0.0.1:" + server.port(8443) + "/")
                .contains("127.0.0.1:" + server.port(993));
        assertThat(other.launcher().isAlive()).isTrue();
        List<ProcessHandle> processes = server.processes();
        assertThat(processes).hasSizeGreaterThan(3);
        server.stop();
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(server.data().resolve("log/postgresql.log")).content().contains("database system is shut down");
        assertThat(other.launcher().isAlive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Starting PostgreSQL", "Starting the server"})
    void leavesNothingBehindWhenItIsStoppedInTheMiddleOfTheStart(String line) throws IOException {
        Instance server = Instance.launch(folder.resolve("data"), Instance.freeOffset(), Map.of(), "--demo");
        server.awaitOutput(line);
        server.stop();
        assertThat(server.strays()).isEmpty();
        assertThat(server.output())
                .contains("Stopping")
                .doesNotContain("wildpost: ")
                .doesNotContain("Exception");
    }

    @Test
    void usesAnOutsidePostgres() throws IOException, SQLException {
        try (EmbeddedPostgres outside = EmbeddedPostgres.start()) {
            try (Connection connection = outside.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create user mail password 'secret'");
                statement.execute("create database mail owner mail");
            }
            Map<String, String> environment = Map.of(
                    "WILDPOST_DB_URL", "jdbc:postgresql://127.0.0.1:" + outside.getPort() + "/mail",
                    "WILDPOST_DB_USER", "mail",
                    "WILDPOST_DB_PASSWORD", "secret");
            try (Instance server =
                            Instance.start(folder.resolve("data"), Instance.freeOffset(), environment, "--demo");
                    SmtpSender sender = new SmtpSender(server.port(25))) {
                sender.send("alice@demo.test", "in the other database");
                assertThat(server.data().resolve("postgresql/cluster")).doesNotExist();
            }
            try (Connection connection = outside.getDatabase("mail", "mail").getConnection();
                    Statement statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "select count(*) from message join content using (blob_id, email_id) where subject = 'in the other database'")) {
                rows.next();
                assertThat(rows.getInt(1)).isOne();
            }
        }
    }

    @Test
    void saysThatNoDatabaseAnswers() throws IOException {
        Map<String, String> environment = Map.of(
                "WILDPOST_DB_URL",
                "jdbc:postgresql://127.0.0.1:1/mail",
                "WILDPOST_DB_USER",
                "mail",
                "WILDPOST_DB_PASSWORD",
                "secret");
        assertRefused(environment, "no PostgreSQL answers at jdbc:postgresql://127.0.0.1:1/mail");
    }

    @Test
    void saysThatAPortIsTaken() throws IOException {
        int offset = Instance.freeOffset();
        try (ServerSocket taken = new ServerSocket(993 + offset)) {
            assertThat(taken.isBound()).isTrue();
            Instance server = Instance.launch(folder.resolve("data"), offset, Map.of(), "--demo");
            assertEnded(server, (993 + offset) + " (IMAP (TLS))");
        }
    }

    @Test
    void saysThatTheDataFolderIsInUse(Instance other) throws IOException {
        Instance second = Instance.launch(other.data(), Instance.freeOffset(), Map.of(), "--demo");
        assertEnded(second, "is in use by another instance");
        assertThat(other.launcher().isAlive()).isTrue();
    }

    @Test
    void saysThatTheDataFolderCannotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertEnded(
                Instance.launch(file.resolve("data"), Instance.freeOffset(), Map.of(), "--demo"), "cannot be written");
    }

    @Test
    void saysWhichVariableIsMalformed() throws IOException {
        assertRefused(
                Map.of("WILDPOST_ALLOW_PLAINTEXT_LOGIN", "perhaps"),
                "WILDPOST_ALLOW_PLAINTEXT_LOGIN='perhaps' is not a boolean");
    }

    @Test
    void saysThatAnOptionIsUnknown() throws IOException {
        assertEnded(
                Instance.launch(folder.resolve("data"), Instance.freeOffset(), Map.of(), "--demmo"),
                "Unknown option: '--demmo'");
    }

    @Test
    void scriptSaysThatTheJdkIsTooOld() throws IOException, InterruptedException {
        Path java = Files.createDirectories(folder.resolve("jdk/bin"));
        Path script = Path.of(System.getProperty("wildpost.it.root"), "wildpost");
        Assumptions.assumeTrue(Files.isExecutable(script), "there is no script beside the modules");
        for (String name : List.of("java", "javac")) {
            Path fake = Files.writeString(
                    java.resolve(name), "#!/bin/sh\necho '    java.specification.version = 17' >&2\n");
            assertThat(fake.toFile().setExecutable(true)).isTrue();
        }
        ProcessBuilder builder =
                new ProcessBuilder("bash", script.toString(), "run", "--demo").redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("JDK_FOLDERS", folder.resolve("jdk").toString());
        builder.environment().put("PATH", java + ":/usr/bin:/bin");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said).contains("a JDK 25 or later is needed");
    }

    private void assertRefused(Map<String, String> environment, String words) throws IOException {
        assertEnded(Instance.launch(folder.resolve("data"), Instance.freeOffset(), environment, "--demo"), words);
    }

    private static void assertEnded(Instance server, String words) throws IOException {
        try {
            assertThat(server.launcher().waitFor(30, TimeUnit.SECONDS))
                    .as("ends within 30 s")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.killAll();
        }
        assertThat(server.launcher().exitValue()).isEqualTo(2);
        assertThat(server.output()).contains(words).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(server.output().lines().filter(line -> line.startsWith("wildpost: ")))
                .hasSize(1);
    }
}
