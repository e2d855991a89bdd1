// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.tlsreport.TlsReport;

/** Reports as JSON (RFC 8460 §4.4). Stateless. */
final class ReportJson {
    /** Policies of a report that are read. */
    static final int MAX_POLICIES = 100;

    /** Failure details of a policy that are read. */
    static final int MAX_DETAILS = 500;

    /** Lines of a policy that are read. */
    static final int MAX_LINES = 100;

    /** Characters of a text that are read. */
    static final int MAX_TEXT = 1000;

    private ReportJson() {}

    static byte[] write(TlsReport report) {
        JsonArrayBuilder policies = Json.createArrayBuilder();
        report.policies().forEach(policy -> policies.add(json(policy)));
        return Json.createObjectBuilder()
                .add("organization-name", report.organization())
                .add(
                        "date-range",
                        Json.createObjectBuilder()
                                .add("start-datetime", report.begin().toString())
                                .add("end-datetime", report.end().toString()))
                .add("contact-info", report.contact())
                .add("report-id", report.id())
                .add("policies", policies)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject json(TlsReport.PolicyResult result) {
        JsonObjectBuilder policy = Json.createObjectBuilder().add("policy-type", result.type());
        if (!result.policy().isEmpty()) {
            policy.add("policy-string", Json.createArrayBuilder(result.policy()));
        }
        policy.add("policy-domain", result.domain());
        if (!result.mxHosts().isEmpty()) {
            policy.add("mx-host", Json.createArrayBuilder(result.mxHosts()));
        }
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("policy", policy)
                .add(
                        "summary",
                        Json.createObjectBuilder()
                                .add("total-successful-session-count", result.successes())
                                .add("total-failure-session-count", result.failures()));
        if (!result.details().isEmpty()) {
            JsonArrayBuilder details = Json.createArrayBuilder();
            result.details().forEach(detail -> details.add(json(detail)));
            json.add("failure-details", details);
        }
        return json.build();
    }

    private static JsonObject json(TlsReport.FailureDetail detail) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("result-type", detail.resultType());
        add(json, "sending-mta-ip", detail.sendingIp());
        add(json, "receiving-mx-hostname", detail.receivingMx());
        add(json, "receiving-mx-helo", detail.receivingHelo());
        add(json, "receiving-ip", detail.receivingIp());
        json.add("failed-session-count", detail.sessions());
        add(json, "additional-information", detail.information());
        add(json, "failure-reason-code", detail.reason());
        return json.build();
    }

    private static void add(JsonObjectBuilder json, String name, String text) {
        if (!text.isEmpty()) {
            json.add(name, text);
        }
    }

    /**
     * Reads what others wrote: kinds that are other than expected are taken for absent, numbers below none for none, and beyond the limits nothing is read.
     *
     * @return empty when it is no report, or tells of no time or no policy
     */
    static Optional<TlsReport> read(byte[] octets) {
        JsonObject json;
        try (JsonReader reader = Json.createReader(new StringReader(new String(octets, StandardCharsets.UTF_8)))) {
            json = reader.readObject();
        } catch (RuntimeException e) {
            // Not only JsonException: the parser has other ones for input that is nested too deeply.
            return Optional.empty();
        }
        JsonObject range = object(json, "date-range");
        Optional<Instant> begin = moment(text(range, "start-datetime"));
        Optional<Instant> end = moment(text(range, "end-datetime"));
        List<TlsReport.PolicyResult> policies = array(json, "policies").stream()
                .limit(MAX_POLICIES)
                .filter(JsonObject.class::isInstance)
                .map(value -> result((JsonObject) value))
                .toList();
        if (begin.isEmpty() || end.isEmpty() || policies.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TlsReport(
                text(json, "organization-name"),
                text(json, "contact-info"),
                text(json, "report-id"),
                begin.get(),
                end.get(),
                policies));
    }

    private static TlsReport.PolicyResult result(JsonObject json) {
        JsonObject policy = object(json, "policy");
        JsonObject summary = object(json, "summary");
        return new TlsReport.PolicyResult(
                text(policy, "policy-type"),
                texts(policy, "policy-string"),
                text(policy, "policy-domain"),
                texts(policy, "mx-host"),
                count(summary, "total-successful-session-count"),
                count(summary, "total-failure-session-count"),
                array(json, "failure-details").stream()
                        .limit(MAX_DETAILS)
                        .filter(JsonObject.class::isInstance)
                        .map(value -> detail((JsonObject) value))
                        .toList());
    }

    private static TlsReport.FailureDetail detail(JsonObject json) {
        return new TlsReport.FailureDetail(
                text(json, "result-type"),
                text(json, "sending-mta-ip"),
                text(json, "receiving-mx-hostname"),
                text(json, "receiving-mx-helo"),
                text(json, "receiving-ip"),
                count(json, "failed-session-count"),
                text(json, "additional-information"),
                text(json, "failure-reason-code"));
    }

    private static JsonObject object(JsonObject json, String name) {
        return json.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static JsonArray array(JsonObject json, String name) {
        return json.get(name) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
    }

    private static String text(JsonObject json, String name) {
        return json.get(name) instanceof JsonString string ? cut(string) : "";
    }

    /** An array of texts; some write one text instead. */
    private static List<String> texts(JsonObject json, String name) {
        List<String> texts = new ArrayList<>();
        @Nullable JsonValue value = json.get(name);
        if (value instanceof JsonString string) {
            texts.add(cut(string));
        }
        array(json, name).stream()
                .limit(MAX_LINES)
                .filter(JsonString.class::isInstance)
                .forEach(line -> texts.add(cut((JsonString) line)));
        return texts;
    }

    private static String cut(JsonString string) {
        String text = string.getString();
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }

    private static long count(JsonObject json, String name) {
        if (json.get(name) instanceof JsonNumber number) {
            try {
                return Math.max(0, number.longValueExact());
            } catch (ArithmeticException e) {
                return 0;
            }
        }
        return 0;
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
