// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever mistypes a variable is sent to the documents: they must have all of them, and no other. */
class DocumentedVariablesTest {
    private static final Pattern NAME = Pattern.compile("`(WILDPOST_[A-Z0-9_]+)");

    @Test
    void documentsNameEveryVariableAndNoOther() throws IOException {
        Set<String> named = new TreeSet<>(named(Path.of("../README.md")));
        try (Stream<Path> documents = Files.list(Path.of("../docs"))) {
            for (Path document :
                    documents.filter(one -> one.toString().endsWith(".md")).toList()) {
                named.addAll(named(document));
            }
        }
        Set<String> known = Arrays.stream(Variable.values()).map(Enum::name).collect(Collectors.toSet());
        assertThat(named).containsExactlyInAnyOrderElementsOf(known);
    }

    private static Set<String> named(Path document) throws IOException {
        return NAME.matcher(Files.readString(document))
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toSet());
    }
}
