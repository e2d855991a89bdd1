// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import org.wildpost.core.address.EmailAddress;

/** A report as a message (RFC 8460 §5.3). Stateless. */
final class ReportLetter {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
    private static final String CRLF = "\r\n";

    private ReportLetter() {}

    /** The octets of the message, 7-bit. */
    static byte[] compose(ReportParcel parcel, EmailAddress from, EmailAddress to, String hostname, Instant now) {
        String boundary = "tlsrpt-" + Long.toString(now.toEpochMilli(), Character.MAX_RADIX);
        StringBuilder text = new StringBuilder();
        field(text, "From", "<" + from + ">");
        field(text, "To", "<" + to + ">");
        field(text, "Date", DATE.format(now.atOffset(ZoneOffset.UTC)));
        field(
                text,
                "Message-ID",
                "<" + parcel.id() + "." + Long.toString(now.toEpochMilli(), Character.MAX_RADIX) + "@" + hostname
                        + ">");
        field(
                text,
                "Subject",
                "Report Domain: " + parcel.domain() + CRLF + " Submitter: " + hostname + CRLF + " Report-ID: <"
                        + parcel.id() + "@" + hostname + ">");
        field(text, "TLS-Report-Domain", parcel.domain().ascii());
        field(text, "TLS-Report-Submitter", hostname);
        field(text, "Auto-Submitted", "auto-generated");
        field(text, "MIME-Version", "1.0");
        field(
                text,
                "Content-Type",
                "multipart/report; report-type=\"tlsrpt\";" + CRLF + " boundary=\"" + boundary + "\"");
        text.append(CRLF).append("--").append(boundary).append(CRLF);
        field(text, "Content-Type", "text/plain; charset=us-ascii");
        text.append(CRLF)
                .append("This is an aggregate report about TLS from ")
                .append(hostname)
                .append(CRLF)
                .append("for mail to ")
                .append(parcel.domain())
                .append('.')
                .append(CRLF);
        text.append("--").append(boundary).append(CRLF);
        field(text, "Content-Type", ReportParcel.MEDIA_TYPE);
        field(text, "Content-Transfer-Encoding", "base64");
        field(text, "Content-Disposition", "attachment;" + CRLF + " filename=\"" + parcel.fileName() + "\"");
        text.append(CRLF)
                .append(Base64.getMimeEncoder().encodeToString(parcel.gzip()))
                .append(CRLF);
        text.append("--").append(boundary).append("--").append(CRLF);
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append(CRLF);
    }
}
