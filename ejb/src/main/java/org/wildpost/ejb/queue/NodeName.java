// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.queue;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a node is called among those with the same database: the name of its host, which others may have as well, with an id that its data folder
 * keeps. The same after a restart. Stateless.
 */
final class NodeName {
    /** The file of the id in the data folder. */
    static final String FILE = "node.id";

    private static final Logger LOG = System.getLogger(NodeName.class.getName());
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private NodeName() {}

    /** The name; the host's alone when the folder cannot keep an id. */
    static String of(String host, Path data) {
        try {
            return host + "/" + id(data.resolve(FILE));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The queue's name for this node is its host's: " + e, e);
            return host;
        }
    }

    private static String id(Path file) throws IOException {
        String kept = Files.exists(file) ? Files.readString(file).strip() : "";
        if (ID.matcher(kept).matches()) {
            return kept;
        }
        String made = UUID.randomUUID().toString();
        Files.writeString(file, made + "\n");
        return made;
    }
}
