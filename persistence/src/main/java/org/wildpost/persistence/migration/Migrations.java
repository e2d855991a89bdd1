// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.migration;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Brings the database to the newest schema, under a lock, each file once. The files are listed by name: scanning of class paths is fragile
 * inside a server. Wants a data source that takes no part in a transaction.
 */
public final class Migrations {
    static final List<String> FILES = List.of(
            "V1__mail_store.sql",
            "V2__addressing.sql",
            "V3__queue.sql",
            "V4__transport.sql",
            "V5__submission.sql",
            "V6__object_ids.sql",
            "V7__mailbox_view.sql",
            "V8__full_text.sql",
            "V11__vault.sql",
            "V12__quota.sql",
            "V13__metadata.sql",
            "V14__acl.sql",
            "V15__vocabulary.sql",
            "V16__narrow_messages.sql",
            "V17__shared_mailboxes.sql");

    private final DataSource dataSource;

    public Migrations(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Applies what is missing.
     *
     * @return how many files were applied
     * @throws org.flywaydb.core.api.FlywayException when a file fails (it is rolled back whole) or an applied one was changed since
     */
    public int apply() {
        return apply("latest");
    }

    /**
     * Applies what is missing up to a version: a database as an earlier version left it.
     *
     * @param version the number of a file, or {@code latest}
     */
    public int apply(String version) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .resourceProvider(new ListedFiles())
                .cleanDisabled(true)
                .target(version)
                .load()
                .migrate()
                .migrationsExecuted;
    }

    private static final class ListedFiles implements ResourceProvider {
        /** Null for what is not listed, such as the settings file that may stand beside a migration. */
        @Override
        public @Nullable LoadableResource getResource(String name) {
            return FILES.contains(name) ? new ListedFile(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return FILES.stream()
                    .filter(name ->
                            name.startsWith(prefix) && Stream.of(suffixes).anyMatch(name::endsWith))
                    .<LoadableResource>map(ListedFile::new)
                    .toList();
        }
    }

    private static final class ListedFile extends LoadableResource {
        private final String name;

        ListedFile(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            try {
                return new InputStreamReader(url().openStream(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return url().toString();
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }

        private URL url() {
            return Objects.requireNonNull(Migrations.class.getResource(name), "no migration " + name);
        }
    }
}
