// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The application server: its home is only read, everything it writes is in the data folder. */
final class WildFly {
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    private final DataFolder data;
    private final Settings settings;
    private final Child server;

    private WildFly(DataFolder data, Settings settings, Child server) {
        this.data = data;
        this.settings = settings;
        this.server = server;
    }

    /**
     * Starts the server with the application; does not wait until it is ready.
     *
     * @param home where the configured WildFly is
     * @param ear  the application
     */
    static WildFly start(Path home, Path ear, DataFolder data, Settings settings, Database database)
            throws IOException {
        Path base = data.resolve("server");
        copyConfiguration(home.resolve("standalone/configuration"), base.resolve("configuration"));
        deploy(ear, base);
        Path properties = base.resolve("wildpost.properties");
        DataFolder.writePrivate(properties, properties(data, settings, database));
        Child server = Child.start(
                "WildFly",
                command(home, base, data, properties, settings),
                base,
                data.resolve("log/console.log"),
                data.resolve("run/wildfly.pid"));
        return new WildFly(data, settings, server);
    }

    Child child() {
        return server;
    }

    /** Waits for {@code GET /health/ready}. */
    void awaitReady(Told told) throws StartFailure, Told.ToStopException {
        URI health = URI.create("http://" + loopback() + ":" + Ports.HTTP.at(settings.portOffset()) + "/health/ready");
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            while (!isReady(client, health)) {
                told.goOn();
                if (Files.exists(data.resolve("server/deployments/wildpost.ear.failed"))) {
                    throw new StartFailure(
                            "the application does not start; '" + data.resolve("log/server.log") + "' says why");
                }
                if (!server.isAlive()) {
                    throw new StartFailure("WildFly ended; '" + data.resolve("log/server.log") + "' and '"
                            + data.resolve("log/console.log") + "' say why");
                }
                if (System.nanoTime() > deadline) {
                    throw new StartFailure("the server is not ready after " + START_PATIENCE.toSeconds() + " s; '"
                            + data.resolve("log/server.log") + "' says why");
                }
            }
        }
    }

    /** Drains and ends it. */
    void stop() {
        server.terminate(STOP_PATIENCE);
    }

    /** Ends one that a launcher before this one left behind. */
    static void stopLeftover(DataFolder data) {
        Child.leftover(data.resolve("run/wildfly.pid"), data.resolve("server").toString())
                .ifPresent(handle -> Child.terminate(handle, STOP_PATIENCE));
    }

    private String loopback() {
        return settings.bind().equals("0.0.0.0") || settings.bind().equals("::") ? "127.0.0.1" : settings.bind();
    }

    private static boolean isReady(HttpClient client, URI health) throws StartFailure {
        try {
            HttpRequest request = HttpRequest.newBuilder(health)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                return true;
            }
        } catch (IOException e) {
            // Not yet: the port is closed until WildFly is up.
            System.getLogger("org.wildpost.launcher").log(System.Logger.Level.TRACE, "not ready", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted", e);
        }
        return false;
    }

    private static List<String> command(Path home, Path base, DataFolder data, Path properties, Settings settings) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D[Standalone]",
                "-Xms64m",
                "-Xmx" + settings.maxHeapMb() + "m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:MinHeapFreeRatio=20",
                "-XX:MaxHeapFreeRatio=40",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:ReservedCodeCacheSize=96m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:SharedArchiveFile=" + data.resolve("run/classes.jsa"),
                "-XX:+AutoCreateSharedArchive",
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off",
                "-Djava.net.preferIPv4Stack=false",
                "-Djava.awt.headless=true",
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
                "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
                "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
                "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
                "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.management/javax.management=ALL-UNNAMED",
                "--add-opens=java.naming/javax.naming=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.jboss.boot.log.file=" + data.resolve("log/server.log"),
                "-Dlogging.configuration=file:" + base.resolve("configuration/logging.properties"),
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + base,
                "-Djboss.server.log.dir=" + data.resolve("log"),
                "-Djboss.socket.binding.port-offset=" + settings.portOffset(),
                "-Djboss.bind.address=" + settings.bind(),
                "--properties=" + properties);
    }

    /** What the server is told, in a file that nobody else can read: a command line shows everything to everyone. */
    private static byte[] properties(DataFolder data, Settings settings, Database database) throws IOException {
        Properties properties = new Properties();
        for (Map.Entry<Variable, String> entry : settings.given().entrySet()) {
            properties.setProperty(entry.getKey().property(), entry.getValue());
        }
        settings.uploadLimit()
                .ifPresent(octets -> properties.setProperty("wildpost.web.upload.limit", String.valueOf(octets)));
        properties.setProperty(Variable.WILDPOST_IMAP_CACHE_MB.property(), String.valueOf(settings.imapCacheMb()));
        properties.setProperty("wildpost.data", data.resolve("").toString());
        properties.setProperty("wildpost.bind", settings.bind());
        if (settings.demo()) {
            properties.putIfAbsent("wildpost.hostname", settings.hostname());
        }
        properties.setProperty("wildpost.demo", Boolean.toString(settings.demo()));
        properties.setProperty("wildpost.db.url", database.url());
        properties.setProperty("wildpost.db.user", database.user());
        properties.setProperty("wildpost.db.password", database.password());
        StringWriter text = new StringWriter();
        properties.store(text, "written at every start");
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void copyConfiguration(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : new String[] {
            "standalone.xml",
            "logging.properties",
            "application-users.properties",
            "application-roles.properties",
            "mgmt-users.properties",
            "mgmt-groups.properties"
        }) {
            Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        deleteRecursively(to.resolve("standalone_xml_history"));
    }

    private static void deploy(Path ear, Path base) throws IOException {
        Path deployments = base.resolve("deployments");
        deleteRecursively(deployments);
        Files.createDirectories(deployments);
        Files.copy(ear, deployments.resolve("wildpost.ear"));
        Files.createFile(deployments.resolve("wildpost.ear.dodeploy"));
        // Content of deployments before this one, and temporary files of a server that was killed.
        deleteRecursively(base.resolve("tmp"));
        deleteRecursively(base.resolve("data/content"));
    }

    private static void deleteRecursively(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, java.io.IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
