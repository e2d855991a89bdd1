// SPDX-License-Identifier: Apache-2.0
package org.wildpost.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * A report about TLS as Python's libraries for mail, gzip and JSON read it (RFC 8460 §5.3).
 *
 * @param header the media type, the domain, who tells, and the file's name
 * @param json   with sorted names, a blank behind each colon and comma
 */
record TlsReportMail(String header, String json) {
    private static final String READ = """
            import sys, email, gzip, json
            message = email.message_from_binary_file(open(sys.argv[1], 'rb'))
            part = [part for part in message.walk() if part.get_content_type() == 'application/tlsrpt+gzip'][0]
            report = json.loads(gzip.decompress(part.get_payload(decode=True)))
            print(message.get_content_type(), message['TLS-Report-Domain'], message['TLS-Report-Submitter'], part.get_filename())
            print(json.dumps(report, sort_keys=True))
            """;

    /** Reads it, or the test is skipped with the reason. */
    static TlsReportMail of(byte[] message) throws IOException {
        Path file = Files.write(Files.createTempFile("report-", ".eml"), message);
        Tool.Result result = Tool.installed("python3").run("-c", READ, file.toString());
        Files.delete(file);
        assertThat(result.exit()).as(result.output()).isZero();
        String[] lines = result.output().split("\n", -1);
        return new TlsReportMail(lines[0], lines[1]);
    }

    /** A message with a report, as somebody else would send it. */
    static String write(String from, String to, String json) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(json.getBytes(StandardCharsets.UTF_8));
        }
        return "From: " + from + "\r\nTo: " + to + "\r\nSubject: report\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/report; report-type=tlsrpt; boundary=b\r\n\r\n--b\r\nContent-Type: application/tlsrpt+gzip\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(packed.toByteArray()) + "\r\n--b--\r\n";
    }

    /** How a policy's sessions are summed up. */
    static String summary(int failures, int successes) {
        return "\"summary\": {\"total-failure-session-count\": " + failures + ", \"total-successful-session-count\": "
                + successes + "}";
    }
}
