// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.tlsreport.TlsReport;

/**
 * A report that is ready to go.
 *
 * @param domain   the one it is about
 * @param id       as in the report
 * @param fileName of RFC 8460 §5.1
 * @param gzip     JSON in gzip (RFC 8460 §5.2)
 */
public record ReportParcel(DomainName domain, String id, String fileName, byte[] gzip) {
    /** The media type (RFC 8460 §6.4). */
    public static final String MEDIA_TYPE = "application/tlsrpt+gzip";

    static ReportParcel of(TlsReport report, DomainName domain, String hostname) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(octets)) {
            gzip.write(ReportJson.write(report));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        String name = hostname + "!" + domain.ascii() + "!" + report.begin().getEpochSecond() + "!"
                + report.end().getEpochSecond() + ".json.gz";
        return new ReportParcel(domain, report.id(), name, octets.toByteArray());
    }
}
