// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.wildpost.ejb.admin.Refusal;

/** The house's rules for pages and texts that a machine can see. */
class PagesTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern KEY =
            Pattern.compile("['\"]((?:app|login|setup|mail|admin|error|date)\\.[A-Za-z0-9.]+[A-Za-z0-9])['\"]");
    private static final Set<String> SAID = Set.of(
            "value",
            "title",
            "label",
            "header",
            "headerText",
            "message",
            "placeholder",
            "alt",
            "ariaLabel",
            "aria-label",
            "requiredMessage",
            "emptyMessage",
            "itemLabel",
            "summary");

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(PAGES)) {
            return files.filter(file -> file.toString().endsWith(".xhtml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(bundle(Locale.SIMPLIFIED_CHINESE).keySet())
                .isEqualTo(bundle(Locale.ENGLISH).keySet());
        assertThat(bundle(Locale.SIMPLIFIED_CHINESE).getString("app.mail")).isEqualTo("邮件");
    }

    @Test
    void noTextHasAnApostropheThatMessageFormatWouldEat() {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
            ResourceBundle bundle = bundle(locale);
            assertThat(bundle.keySet()).noneMatch(key -> bundle.getString(key).contains("'"));
        }
    }

    @Test
    void everyKeyThatPagesAndBeansNameExists() throws IOException {
        Set<String> named = new TreeSet<>();
        List<Path> sources = new ArrayList<>(pages());
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/org/wildpost/web"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
        for (Path source : sources) {
            Matcher matcher = KEY.matcher(Files.readString(source));
            while (matcher.find()) {
                named.add(matcher.group(1));
            }
        }
        Set<String> known = new TreeSet<>(bundle(Locale.ENGLISH).keySet());
        // The four error pages name the beginning of two keys each.
        named.removeIf(key -> known.contains(key + ".title") && known.contains(key + ".text"));

        assertThat(named).isNotEmpty();
        assertThat(known).containsAll(named);
    }

    @Test
    void everyRefusalOfAdministrationHasWords() {
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            assertThat(bundle(Locale.ENGLISH).containsKey("admin.refused." + reason.name()))
                    .as(reason.name())
                    .isTrue();
        }
        for (String field : List.of(
                "email",
                "name",
                "passwordPlaintext",
                "redirectTo",
                "superAdmin",
                "disabled",
                "hostname",
                "redirectOnly",
                "targets",
                "aliasOf",
                "forwardTo",
                "catchAll")) {
            assertThat(bundle(Locale.ENGLISH).containsKey("admin.field." + field))
                    .as(field)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void saysNothingThatIsNotInTheTexts(Path page) throws Exception {
        List<String> said = new ArrayList<>();
        walk(parse(page), said);

        assertThat(said).as(page.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void hasNoScriptAndNoStyleOfItsOwn(Path page) throws Exception {
        String text = Files.readString(page);

        assertThat(text)
                .doesNotContain("<script")
                .doesNotContain("<style")
                .doesNotContain(" style=\"")
                .doesNotContain("onclick=")
                .doesNotContain("<h:commandLink")
                .doesNotContain("<f:ajax")
                .doesNotContain("escape=\"false\"");
        assertThat(text.lines().count()).isLessThanOrEqualTo(90);
    }

    private static void walk(Node node, List<String> said) {
        NodeList children = node.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            Node child = children.item(i);
            if (child.getNodeType() == Node.TEXT_NODE) {
                note(child.getTextContent(), said);
            }
            if (child instanceof Element element) {
                attributes(element, said);
                walk(child, said);
            }
        }
    }

    private static void attributes(Element element, List<String> said) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            boolean technical = element.getTagName().equals("f:param")
                    || element.getTagName().equals("ui:param")
                    || element.getTagName().equals("f:passThroughAttribute")
                    || element.getTagName().equals("f:viewParam")
                    || element.getTagName().equals("f:selectItem")
                            && attribute.getNodeName().equals("itemValue");
            if (SAID.contains(attribute.getNodeName()) && !technical) {
                note(attribute.getNodeValue(), said);
            }
        }
    }

    /** Words outside of expressions are texts that nobody translates. */
    private static void note(String text, List<String> said) {
        String rest = text.replaceAll("#\\{[^}]*}", "");
        if (rest.chars().anyMatch(Character::isLetter)) {
            said.add(rest.strip());
        }
    }

    private static Element parse(Path page) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        DocumentBuilder builder = factory.newDocumentBuilder();
        return builder.parse(page.toFile()).getDocumentElement();
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(
                Texts.BUNDLE,
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT));
    }
}
