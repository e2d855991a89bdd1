// SPDX-License-Identifier: Apache-2.0
package org.wildpost.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSummaryTest {
    @TempDir
    private Path root;

    @Test
    void addsUpUnitAndIntegrationReports() throws IOException {
        report("a/target/surefire-reports/TEST-A.xml", "<testcase name='x'/><testcase name='y'><failure/></testcase>");
        report(
                "b/target/failsafe-reports/TEST-B.xml",
                "<testcase name='z'><error/></testcase><testcase classname='B' name='w'><skipped message='no swaks'/></testcase>");

        TestSummary summary = TestSummary.of(root);

        assertThat(summary.line()).isEqualTo("1 passed, 2 failed, 1 skipped");
        assertThat(summary.skipped()).containsExactly("B.w: no swaks");
    }

    @Test
    void findsTheReasonOfAnAssumptionInItsStackTrace() throws IOException {
        report(
                "a/target/surefire-reports/TEST-A.xml",
                "<testcase classname='A' name='x'><skipped type='E'><![CDATA[E: Assumption failed: no nsd\n\tat f(F.java:1)\n]]></skipped></testcase>"
                        + "<testcase classname='A' name='y'><skipped type='E'/></testcase>");

        assertThat(TestSummary.of(root).skipped())
                .containsExactly("A.x: Assumption failed: no nsd", "A.y: no reason given");
    }

    @Test
    void readsNothingButReports() throws IOException {
        report("a/src/test/resources/TEST-A.xml", "<testcase name='x'/>");
        report("a/target/surefire-reports/other.xml", "<testcase name='x'/>");

        assertThat(TestSummary.of(root).line()).isEqualTo("0 passed, 0 failed, 0 skipped");
    }

    @Test
    void saysWhichReportIsBroken() throws IOException {
        report("a/target/surefire-reports/TEST-A.xml", "<testcase");

        assertThatThrownBy(() -> TestSummary.of(root))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("TEST-A.xml");
    }

    private void report(String path, String cases) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "<testsuite>" + cases + "</testsuite>");
    }
}
