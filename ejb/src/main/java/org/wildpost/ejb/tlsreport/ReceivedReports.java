// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.tlsreport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.listener.smtp.ReversePath;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.mime.MimePart;
import org.wildpost.core.mime.PartText;
import org.wildpost.core.tlsreport.TlsReport;
import org.wildpost.ejb.admin.Page;
import org.wildpost.persistence.domain.Domains;
import org.wildpost.persistence.jdbc.Database;
import org.wildpost.persistence.transport.TlsReportRows;
import org.wildpost.persistence.transport.TransportRules;

/**
 * Reads and keeps what others report about domains that are hosted here (RFC 8460 §5). Who really sent a report is not proved: it informs, nothing is decided by it. Safe
 * for all threads.
 */
@ApplicationScoped
public class ReceivedReports {
    /** Octets of a report as it comes, compressed. */
    static final int MAX_COMPRESSED = 1024 * 1024;

    /** Octets of a report when it is unpacked; what is larger is not read further. */
    static final int MAX_JSON = 8 * 1024 * 1024;

    private static final int MAX_DEPTH = 5;
    private static final Logger LOG = System.getLogger(ReceivedReports.class.getName());

    @Inject
    Database database;

    @Inject
    Domains domains;

    InstantSource clock = InstantSource.system();

    /**
     * Looks whether an incoming message is a report, and keeps it if so; costs nothing for other messages and never throws. The message is delivered all the same.
     *
     * @param sender the reverse-path
     */
    public void consider(ReversePath sender, SpooledMessage message, MessageIndex index) {
        MimePart root = index.root();
        boolean claimsToBe = root.type().equals("multipart")
                && root.subtype().equals("report")
                && "tlsrpt".equalsIgnoreCase(root.parameters().getOrDefault("report-type", ""));
        if (!claimsToBe) {
            return;
        }
        try {
            Optional<MimePart> part = part(root, 0);
            if (part.isPresent()) {
                keep(json(part.get(), message), sender);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.INFO, () -> "A TLS report of <" + sender + "> could not be read: " + e.getMessage());
        }
    }

    /** Reports about a domain, or all; the newest first. */
    public Page<ReceivedReport> list(String domain, boolean failuresOnly, int page, int size) {
        Page.Window window = new Page.Window(page, size);
        TransportRules.Part<TlsReportRows.Received> part = database.statement(connection ->
                new TlsReportRows(connection).list(normal(domain), failuresOnly, window.offset(), window.size()));
        return window.of(part.rows(), part.total(), ReceivedReport::of);
    }

    private static Optional<MimePart> part(MimePart part, int depth) {
        if (part.type().equals("application")
                && (part.subtype().equals("tlsrpt+gzip") || part.subtype().equals("tlsrpt+json"))) {
            return Optional.of(part);
        }
        if (depth < MAX_DEPTH && part.type().equals("multipart")) {
            return part.children().stream()
                    .flatMap(child -> part(child, depth + 1).stream())
                    .findFirst();
        }
        return Optional.empty();
    }

    /** The report unpacked, never more than the limit (a small file may unpack to a thousand times its size). */
    private static byte[] json(MimePart part, SpooledMessage message) throws IOException {
        try (InputStream octets = message.open()) {
            octets.skipNBytes(part.bodyOffset());
            InputStream body = PartText.decodedBody(part, new LimitedInput(octets, part.bodyLength()));
            InputStream packed = new LimitedInput(body, MAX_COMPRESSED);
            InputStream json = part.subtype().equals("tlsrpt+gzip") ? new GZIPInputStream(packed) : packed;
            byte[] read = json.readNBytes(MAX_JSON + 1);
            if (read.length > MAX_JSON) {
                throw new IOException("it has more than " + MAX_JSON + " octets");
            }
            return read;
        }
    }

    private void keep(byte[] json, ReversePath sender) throws IOException {
        TlsReport report = ReportJson.read(json).orElseThrow(() -> new IOException("it is no report"));
        String submitter =
                sender.address().map(address -> address.domain().ascii()).orElse("");
        Instant now = clock.instant();
        List<TlsReport.PolicyResult> ours = report.policies().stream()
                .map(ReceivedReports::normal)
                .filter(result -> isHosted(result.domain()))
                .toList();
        if (ours.isEmpty()) {
            throw new IOException("it is about no domain of this server");
        }
        database.transaction(connection -> {
            TlsReportRows rows = new TlsReportRows(connection);
            for (TlsReport.PolicyResult result : ours) {
                rows.add(report, result, submitter, now);
            }
            return ours;
        });
    }

    private boolean isHosted(String domain) {
        try {
            return domains.exists(DomainName.parse(domain));
        } catch (AddressException e) {
            return false;
        }
    }

    private static TlsReport.PolicyResult normal(TlsReport.PolicyResult result) {
        return new TlsReport.PolicyResult(
                result.type(),
                result.policy(),
                normal(result.domain()),
                result.mxHosts(),
                result.successes(),
                result.failures(),
                result.details());
    }

    private static String normal(String domain) {
        try {
            return domain.isBlank() ? "" : DomainName.parse(domain.strip()).ascii();
        } catch (AddressException e) {
            return domain.strip();
        }
    }
}
