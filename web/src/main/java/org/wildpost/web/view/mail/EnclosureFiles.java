// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wildpost.ejb.webmail.Enclosure;

/** The files of a letter that is being written, as temporary files that go with the page. */
public final class EnclosureFiles implements Serializable {
    /** One file; its path is text so that a session can be kept. */
    public record Entry(String fileName, String mediaType, String file, long size) implements Serializable {}

    private final ArrayList<Entry> entries = new ArrayList<>();

    /** Takes a copy and closes the stream. */
    void add(String fileName, @Nullable String mediaType, InputStream content) throws IOException {
        Path file = Files.createTempFile("wildpost-enclosure-", ".part");
        try (content) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
        String bare = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        String type = mediaType == null ? "application/octet-stream" : mediaType;
        entries.add(new Entry(bare, type, file.toString(), Files.size(file)));
    }

    void remove(Entry entry) throws IOException {
        if (entries.remove(entry)) {
            Files.deleteIfExists(Path.of(entry.file()));
        }
    }

    /** Octets of all files. */
    long size() {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    List<Enclosure> enclosures() {
        return entries.stream()
                .map(entry -> new Enclosure(entry.fileName(), entry.mediaType(), Path.of(entry.file()), entry.size()))
                .toList();
    }

    /** Removes all files. */
    void close() {
        for (Entry entry : entries) {
            try {
                Files.deleteIfExists(Path.of(entry.file()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        entries.clear();
    }
}
