// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that a machine can see. */
class HouseTest {
    private static final Pattern RFC = Pattern.compile("RFC (\\d{3,5})");
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.wildpost.core");

    @Test
    void mailCoreKnowsNoJakartaAndNoOtherRoom() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta..",
                        "org.wildpost.persistence..",
                        "org.wildpost.adapter..",
                        "org.wildpost.ejb..",
                        "org.wildpost.web..")
                .check(classes);
    }

    @Test
    void onlyMessageAndTlsTouchFiles() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.wildpost.core.message", "org.wildpost.core.tls")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..")
                .check(classes);
    }

    @Test
    void everyRfcNamedInCodeIsInTheStatusFile() throws IOException {
        assertThat(status().keySet()).containsAll(rfcsIn("src/main"));
    }

    @Test
    void everyRfcThatIsDoneIsNamedInCodeAndInTests() throws IOException {
        Set<String> done = new TreeSet<>();
        status().forEach((rfc, state) -> {
            if (state.equals("yes")) {
                done.add(rfc);
            }
        });

        assertThat(rfcsIn("src/main")).containsAll(done);
        assertThat(rfcsIn("src/test")).containsAll(done);
    }

    @Test
    void theStatusFileSaysYesPartialOrNo() throws IOException {
        assertThat(status().values()).isSubsetOf("yes", "partial", "no").isNotEmpty();
    }

    private static Map<String, String> status() throws IOException {
        Map<String, String> states = new TreeMap<>();
        Files.readAllLines(ROOT.resolve("docs/rfc-status.tsv")).stream().skip(1).forEach(line -> {
            String[] columns = line.split("\t", -1);
            assertThat(columns).as(line).hasSize(4);
            assertThat(states.put(columns[0], columns[1]))
                    .as("twice: " + columns[0])
                    .isNull();
        });
        return states;
    }

    private static Set<String> rfcsIn(String kind) throws IOException {
        Set<String> rfcs = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(f -> isSource(f, kind)).toList()) {
                Matcher matcher = RFC.matcher(Files.readString(file));
                while (matcher.find()) {
                    rfcs.add(matcher.group(1));
                }
            }
        }
        return rfcs;
    }

    private static boolean isSource(Path file, String kind) {
        String path = ROOT.relativize(file).toString().replace('\\', '/');
        return path.contains(kind + "/") && (path.endsWith(".java") || path.endsWith(".sql"));
    }
}
