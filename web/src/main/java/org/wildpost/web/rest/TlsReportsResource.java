// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.tlsreport.TlsReport;
import org.wildpost.ejb.admin.Page;
import org.wildpost.ejb.tlsreport.ReceivedReport;
import org.wildpost.ejb.tlsreport.ReceivedReports;
import org.wildpost.ejb.tlsreport.ReportTimer;

/** What others report about TLS on the way here, and what they are told (RFC 8460): {@code /tls-reports}. */
@Path("/tls-reports")
@ApplicationScoped
public class TlsReportsResource {
    @Inject
    ReceivedReports reports;

    @Inject
    ReportTimer timer;

    /**
     * Reports, the newest first.
     *
     * @param domain   about this domain alone
     * @param failures {@code true}: those alone that tell of failures
     */
    @GET
    public Response list(
            @QueryParam("domain") @DefaultValue("") String domain,
            @QueryParam("failures") @DefaultValue("false") String failures,
            @QueryParam("page") @Nullable String page,
            @QueryParam("paging") @Nullable String paging) {
        if (!failures.equals("true") && !failures.equals("false")) {
            throw new ProblemException(Problem.field(400, "failures", "'failures' must be true or false"));
        }
        int number = Answers.number("page", page, 1);
        int size = Answers.number("paging", paging, Page.DEFAULT_SIZE);
        return Answers.page(reports.list(domain, failures.equals("true"), number, size), TlsReportsResource::json);
    }

    /** Begins to send yesterday's reports to others, and does not wait for the end. */
    @POST
    @Path("/send")
    public Response send() {
        timer.sendNow();
        return Response.accepted().build();
    }

    private static JsonObject json(ReceivedReport received) {
        TlsReport.PolicyResult result = received.result();
        JsonArrayBuilder details = Json.createArrayBuilder();
        result.details().forEach(detail -> details.add(json(detail)));
        return Json.createObjectBuilder()
                .add("id", received.id())
                .add("organization", received.organization())
                .add("contact", received.contact())
                .add("report_id", received.reportId())
                .add("submitter", received.submitter())
                .add("begin", received.begin().toString())
                .add("end", received.end().toString())
                .add("domain", result.domain())
                .add("policy_type", result.type())
                .add("policy", Json.createArrayBuilder(result.policy()))
                .add("mx_hosts", Json.createArrayBuilder(result.mxHosts()))
                .add("successes", result.successes())
                .add("failures", result.failures())
                .add("failure_details", details)
                .add("received", received.receivedAt().toString())
                .build();
    }

    private static JsonObject json(TlsReport.FailureDetail detail) {
        return Json.createObjectBuilder()
                .add("result_type", detail.resultType())
                .add("sending_ip", detail.sendingIp())
                .add("receiving_mx", detail.receivingMx())
                .add("receiving_helo", detail.receivingHelo())
                .add("receiving_ip", detail.receivingIp())
                .add("sessions", detail.sessions())
                .add("information", detail.information())
                .add("reason", detail.reason())
                .build();
    }
}
