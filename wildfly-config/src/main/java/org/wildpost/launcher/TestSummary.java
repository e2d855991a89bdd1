// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Adds up the reports of Surefire and Failsafe below a folder. Runs from its source file, so it uses nothing but the JDK.
 *
 * @param passed  tests that passed
 * @param failed  tests that failed or broke
 * @param skipped why each skipped test was skipped, with its name
 */
public record TestSummary(int passed, int failed, List<String> skipped) {
    public TestSummary {
        skipped = List.copyOf(skipped);
    }

    /**
     * Reads every report below a folder.
     *
     * @throws IOException when a report cannot be read or is not XML
     */
    public static TestSummary of(Path root) throws IOException {
        int passed = 0;
        int failed = 0;
        List<String> skipped = new ArrayList<>();
        for (Path report : reports(root)) {
            NodeList cases = parse(report).getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                NodeList skips = test.getElementsByTagName("skipped");
                boolean broken = test.getElementsByTagName("failure").getLength() > 0
                        || test.getElementsByTagName("error").getLength() > 0;
                if (broken) {
                    failed++;
                } else if (skips.getLength() > 0) {
                    skipped.add(test.getAttribute("classname") + "." + test.getAttribute("name") + ": "
                            + reason((Element) skips.item(0)));
                } else {
                    passed++;
                }
            }
        }
        return new TestSummary(passed, failed, skipped);
    }

    /** The message, else the first line of the stack trace behind the exception's name: assumptions leave only that. */
    private static String reason(Element skip) {
        String message = skip.getAttribute("message").strip();
        if (!message.isEmpty()) {
            return message;
        }
        String first = skip.getTextContent().strip().lines().findFirst().orElse("");
        int name = first.indexOf(": ");
        return name < 0 ? "no reason given" : first.substring(name + 2);
    }

    /** The last line of a test run. */
    public String line() {
        return passed + " passed, " + failed + " failed, " + skipped.size() + " skipped";
    }

    /** Prints the summary of the folder given as the one argument; exits with 1 when a test failed or none ran. */
    public static void main(String[] arguments) throws IOException {
        TestSummary summary = of(Path.of(arguments[0]));
        summary.skipped.forEach(test -> System.out.println("skipped " + test));
        System.out.println(summary.line());
        if (summary.failed > 0 || summary.passed == 0) {
            System.exit(1);
        }
    }

    private static List<Path> reports(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(TestSummary::isReport).sorted().toList();
        }
    }

    private static boolean isReport(Path file) {
        Path folder = file.getParent();
        String name = file.getFileName().toString();
        return folder != null
                && folder.toString().matches(".*[/\\\\]target[/\\\\](surefire|failsafe)-reports")
                && name.startsWith("TEST-")
                && name.endsWith(".xml");
    }

    private static Element parse(Path report) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(report.toFile()).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(report + " is not a test report: " + e.getMessage(), e);
        }
    }
}
