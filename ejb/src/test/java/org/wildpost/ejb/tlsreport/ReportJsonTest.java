// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wildpost.core.tlsreport.TlsReport;

/** RFC 8460 §4.4 and its example in appendix B. */
class ReportJsonTest {
    static final String EXAMPLE = """
            {"organization-name":"Company-X",
             "date-range":{"start-datetime":"2016-04-01T00:00:00Z","end-datetime":"2016-04-01T23:59:59Z"},
             "contact-info":"sts-reporting@company-x.example",
             "report-id":"5065427c-23d3-47ca-b6e0-946ea0e8c4be",
             "policies":[{
               "policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: testing","mx: *.mail.company-y.example","max_age: 86400"],
                         "policy-domain":"company-y.example","mx-host":"*.mail.company-y.example"},
               "summary":{"total-successful-session-count":5326,"total-failure-session-count":303},
               "failure-details":[
                 {"result-type":"certificate-expired","sending-mta-ip":"2001:db8:abcd:0012::1","receiving-mx-hostname":"mx1.mail.company-y.example","failed-session-count":100},
                 {"result-type":"starttls-not-supported","sending-mta-ip":"2001:db8:abcd:0013::1","receiving-mx-hostname":"mx2.mail.company-y.example","receiving-ip":"203.0.113.56","failed-session-count":200,
                  "additional-information":"https://reports.company-x.example/report_info?id=5065427c-23d3#StarttlsNotSupported"},
                 {"result-type":"validation-failure","sending-mta-ip":"198.51.100.62","receiving-ip":"203.0.113.58","receiving-mx-hostname":"mx-backup.mail.company-y.example","failed-session-count":3,"failure-reason-code":"X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED"}]}]}
            """;

    @Test
    void readsTheExampleOfTheRfc() {
        TlsReport report = read(EXAMPLE);

        assertThat(report.organization()).isEqualTo("Company-X");
        assertThat(report.begin()).isEqualTo(Instant.parse("2016-04-01T00:00:00Z"));
        TlsReport.PolicyResult result = report.policies().getFirst();
        assertThat(result.mxHosts()).containsExactly("*.mail.company-y.example");
        assertThat(result.successes()).isEqualTo(5326);
        assertThat(result.failures()).isEqualTo(303);
        assertThat(result.details())
                .extracting(TlsReport.FailureDetail::sessions)
                .containsExactly(100L, 200L, 3L);
        assertThat(result.details().getLast().reason()).isEqualTo("X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED");
    }

    @Test
    void writesWhatItReads() {
        TlsReport report = read(EXAMPLE);
        assertThat(ReportJson.read(ReportJson.write(report))).contains(report);
        assertThat(new String(ReportJson.write(report), StandardCharsets.UTF_8)).doesNotContain("receiving-mx-helo");
    }

    @Test
    void takesWhatIsOfAnotherKindForAbsent() {
        TlsReport report = read("""
                {"date-range":{"start-datetime":"2016-04-01T00:00:00+02:00","end-datetime":"2016-04-01T23:59:59Z"},
                 "organization-name":7,"policies":[1,{"policy":[],"summary":{"total-successful-session-count":-5,"total-failure-session-count":"x"},
                 "failure-details":{"a":1}},{"policy":{"policy-string":["a",1],"mx-host":["b"]},"failure-details":[null,{"failed-session-count":1e400}]}]}
                """);
        assertThat(report.begin()).isEqualTo(Instant.parse("2016-03-31T22:00:00Z"));
        assertThat(report.organization()).isEmpty();
        assertThat(report.policies()).hasSize(2);
        assertThat(report.policies().getFirst().successes()).isZero();
        assertThat(report.policies().getLast().policy()).containsExactly("a");
        assertThat(report.policies().getLast().details()).hasSize(1);
    }

    @Test
    void readsNothingBeyondItsLimits() {
        String many = "{\"policy\":{\"policy-string\":[" + "\"x\",".repeat(1000) + "\"x\"]},\"failure-details\":["
                + "{},".repeat(2000) + "{}]}";
        TlsReport report = read(
                "{\"date-range\":{\"start-datetime\":\"2016-04-01T00:00:00Z\",\"end-datetime\":\"2016-04-01T23:59:59Z\"},\"organization-name\":\""
                        + "y".repeat(5000) + "\",\"policies\":[" + (many + ",").repeat(110) + many + "]}");
        assertThat(report.organization()).hasSize(ReportJson.MAX_TEXT);
        assertThat(report.policies()).hasSize(ReportJson.MAX_POLICIES);
        assertThat(report.policies().getFirst().policy()).hasSize(ReportJson.MAX_LINES);
        assertThat(report.policies().getFirst().details()).hasSize(ReportJson.MAX_DETAILS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{}",
                "{\"policies\":[{}]}",
                "{\"date-range\":{\"start-datetime\":\"yesterday\",\"end-datetime\":\"2016-04-01T23:59:59Z\"},\"policies\":[{}]}",
                "{\"date-range\":{\"start-datetime\":\"2016-04-01T00:00:00Z\",\"end-datetime\":\"2016-04-01T23:59:59Z\"},\"policies\":[]}"
            })
    void refusesWhatIsNoReport(String json) {
        assertThat(ReportJson.read(json.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        assertThat(ReportJson.read("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(ReportJson.read(("{\"policies\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static TlsReport read(String json) {
        return ReportJson.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
