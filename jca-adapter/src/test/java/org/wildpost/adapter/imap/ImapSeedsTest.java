// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No grammar goes without fuzzing: whoever adds a command, a word or an extension is told to add a seed. */
class ImapSeedsTest {
    private static final Path SOURCES = Path.of("src/main/java/org/wildpost/adapter/imap");
    private static final Path STATUS = Path.of("../docs/rfc-status.tsv");

    /** Words of the grammar in capitals, as parsers compare them. */
    private static final Pattern WORD = Pattern.compile("(?:case|, |acceptWord\\() ?\"([A-Z][A-Z0-9.=-]*)[ (]*\"");

    private static final Pattern CASE = Pattern.compile("case \"[^>]*->|acceptWord\\(\"[^)]*\\)");

    /** What tells that a seed is of the grammar of a document, for each extension of the status file that has one. */
    private static final Map<String, String> OF_EXTENSION = Map.ofEntries(
            Map.entry("2177", "IDLE"),
            Map.entry("2342", "NAMESPACE"),
            Map.entry("2971", "ID \\("),
            Map.entry("3348", "CHILDREN"),
            Map.entry("3502", "APPEND .*\\{\\d+\\+\\}.*\\{\\d+\\+\\}"),
            Map.entry("3516", "BINARY\\.SIZE"),
            Map.entry("3691", "UNSELECT"),
            Map.entry("4314", "SETACL"),
            Map.entry("4315", "UID EXPUNGE"),
            Map.entry("4469", "CATENATE"),
            Map.entry("4731", "RETURN \\(MIN"),
            Map.entry("4959", "AUTHENTICATE PLAIN ="),
            Map.entry("4978", "COMPRESS"),
            Map.entry("5032", "OLDER .*YOUNGER"),
            Map.entry("5092", "URL \""),
            Map.entry("5161", "ENABLE"),
            Map.entry("5182", "SAVE.*|UID \\$"),
            Map.entry("5256", "THREAD"),
            Map.entry("5258", "RECURSIVEMATCH"),
            Map.entry("5267", "CANCELUPDATE"),
            Map.entry("5464", "SETMETADATA"),
            Map.entry("5465", "NOTIFY SET"),
            Map.entry("5819", "RETURN \\(STATUS"),
            Map.entry("5957", "DISPLAYFROM"),
            Map.entry("6154", "\\(USE \\("),
            Map.entry("6203", "FUZZY"),
            Map.entry("6851", "MOVE"),
            Map.entry("6855", "UTF8 \\(~"),
            Map.entry("7162", "QRESYNC \\("),
            Map.entry("7377", "ESEARCH IN"),
            Map.entry("7628", "OAUTHBEARER"),
            Map.entry("7888", "\\{\\d+\\+\\}"),
            Map.entry("7889", "APPENDLIMIT"),
            Map.entry("8437", "UNAUTHENTICATE"),
            Map.entry("8438", "STATUS .*SIZE"),
            Map.entry("8440", "RETURN \\(MYRIGHTS"),
            Map.entry("8457", "Important"),
            Map.entry("8474", "EMAILID"),
            Map.entry("8508", "REPLACE"),
            Map.entry("8514", "SAVEDSINCE"),
            Map.entry("8970", "PREVIEW \\(LAZY"),
            Map.entry("9208", "SETQUOTA"),
            Map.entry("9394", "PARTIAL -1"),
            Map.entry("9586", "UIDONLY"),
            Map.entry("9590", "RETURN \\(METADATA"));

    /** Documents about IMAP that add nothing to what a client may say. */
    private static final Set<String> NO_GRAMMAR = Set.of(
            "2180", // advice
            "5255", // I18NLEVEL=1 is a promise
            "5530", // response codes
            "9585", // a response code
            "9738" // response codes
            );

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNRECOGNISED")
    void everyCommandHasASeed(CommandName command) {
        assertThat(ImapSeeds.ALL)
                .anyMatch(seed -> seed.equals(command.word()) || seed.startsWith(command.word() + " "));
    }

    @ParameterizedTest
    @EnumSource
    void everyExtensionThatIsEnabledHasASeed(Extension extension) {
        assertThat(ImapSeeds.ALL)
                .anyMatch(seed ->
                        seed.startsWith("ENABLE") && contains(extension.word()).test(seed));
    }

    @ParameterizedTest
    @EnumSource
    void everyEventHasASeed(NotifyEvent event) {
        assertThat(ImapSeeds.ALL)
                .anyMatch(seed ->
                        seed.startsWith("NOTIFY") && contains(event.word()).test(seed));
    }

    @ParameterizedTest
    @EnumSource
    void everyReturnOptionHasASeed(ReturnOptions.Option option) {
        assertThat(ImapSeeds.ALL)
                .anyMatch(seed ->
                        seed.contains("RETURN (") && contains(option.name()).test(seed));
    }

    static Stream<String> words() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<Path> parsers = files.filter(file -> file.toString().endsWith("Parser.java"))
                    .sorted()
                    .toList();
            StringBuilder text = new StringBuilder();
            for (Path parser : parsers) {
                text.append(Files.readString(parser));
            }
            return CASE
                    .matcher(text)
                    .results()
                    .flatMap(found -> WORD.matcher(found.group()).results())
                    .map(found -> found.group(1))
                    .distinct()
                    .toList()
                    .stream();
        }
    }

    /** Search keys, items of FETCH, options of METADATA and what else parsers tell apart by its word. */
    @ParameterizedTest
    @MethodSource("words")
    void everyWordOfAParserHasASeed(String word) {
        assertThat(ImapSeeds.ALL).anyMatch(contains(word));
    }

    @Test
    void seesTheWordsOfParsers() throws IOException {
        assertThat(words()).contains("HEADER.FIELDS.NOT", "UNKEYWORD", "CC", "CATENATE", "QRESYNC", "DEPTH", "SUBTREE");
    }

    @Test
    void everyExtensionOfTheStatusFileHasASeedOrNoGrammar() throws IOException {
        Set<String> extensions = Files.readAllLines(STATUS).stream()
                .map(line -> line.split("\t"))
                .filter(row -> row[2].startsWith("IMAP ") || OF_EXTENSION.containsKey(row[0]))
                .map(row -> row[0])
                .collect(Collectors.toSet());

        assertThat(extensions)
                .allMatch(rfc -> NO_GRAMMAR.contains(rfc)
                        || OF_EXTENSION.containsKey(rfc)
                                && ImapSeeds.ALL.stream()
                                        .anyMatch(Pattern.compile(OF_EXTENSION.get(rfc), Pattern.DOTALL)
                                                .asPredicate()));
    }

    private static Predicate<String> contains(String word) {
        // Behind a dot it is a part of another word, unless that is a part number.
        String begin = "(?<![A-Z0-9-])(?<![A-Z2]\\.)";
        return Pattern.compile(begin + Pattern.quote(word) + "(?![A-Z0-9-])", Pattern.CASE_INSENSITIVE)
                .asPredicate();
    }
}
