// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.wildpost.adapter.imap.ImapActivationSpec;
import org.wildpost.adapter.pop3.Pop3ActivationSpec;
import org.wildpost.adapter.smtp.SmtpActivationSpec;

/** What the deployment descriptor says to the listeners: the container only warns of a property that does not exist, and then drops it. */
class ActivationConfigTest {
    private static final Path DESCRIPTOR = Path.of("../ejb/src/main/resources/META-INF/jboss-ejb3.xml");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[a-z0-9.-]+:(.*)\\}|([0-9]+)");

    static Stream<Arguments> endpoints() {
        return Stream.of(
                Arguments.of("SmtpMdb", new SmtpActivationSpec()),
                Arguments.of("ImapMdb", new ImapActivationSpec()),
                Arguments.of("Pop3Mdb", new Pop3ActivationSpec()));
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void configuresEveryPropertyAndLeavesItsDefault(String endpoint, MailActivationSpec spec) throws Exception {
        Map<String, String> configured = configured(endpoint);
        Map<String, String> defaults = new TreeMap<>();
        for (PropertyDescriptor property : Introspector.getBeanInfo(
                        spec.getClass(), MailActivationSpec.class.getSuperclass())
                .getPropertyDescriptors()) {
            if (property.getWriteMethod() != null && !property.getName().equals("resourceAdapter")) {
                defaults.put(
                        property.getName(),
                        String.valueOf(property.getReadMethod().invoke(spec)));
            }
        }
        assertThat(configured.keySet()).isEqualTo(defaults.keySet());
        // The folder is relative to the server there; the adapter alone has none.
        configured.remove("dataFolder");
        assertThat(defaults).containsAllEntriesOf(configured);
    }

    /** The properties of an endpoint and the values that they have when nothing is set. */
    private static Map<String, String> configured(String endpoint) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(DESCRIPTOR.toFile());
        Element bean = elements(document.getElementsByTagName("message-driven"))
                .filter(one -> text(one, "ejb-name").equals(endpoint))
                .findFirst()
                .orElseThrow();
        return elements(bean.getElementsByTagName("activation-config-property"))
                .collect(Collectors.toMap(
                        one -> text(one, "activation-config-property-name"),
                        one -> unset(text(one, "activation-config-property-value")),
                        (first, second) -> {
                            throw new AssertionError("twice");
                        },
                        TreeMap::new));
    }

    private static String unset(String value) {
        Matcher matcher = EXPRESSION.matcher(value);
        assertThat(matcher.matches()).as(value).isTrue();
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent().strip();
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
                .map(Element.class::cast);
    }
}
