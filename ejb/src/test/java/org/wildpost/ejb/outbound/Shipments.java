// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.listener.smtp.ForwardPath;
import org.wildpost.core.listener.smtp.MailOptions;
import org.wildpost.core.listener.smtp.ReversePath;

/** Shipments of a small message. */
final class Shipments {
    private static final byte[] MESSAGE = "Subject: x\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII);

    private Shipments() {}

    static Shipment of(String... recipients) {
        return of(MailOptions.NONE, recipients);
    }

    static Shipment of(MailOptions options, String... recipients) {
        return from(new ReversePath(Optional.of(EmailAddress.parse("me@example.com"))), options, recipients);
    }

    static Shipment from(ReversePath sender, MailOptions options, String... recipients) {
        return new Shipment(
                "s1",
                DomainName.parse("example.org"),
                Optional.empty(),
                Optional.empty(),
                sender,
                options,
                Stream.of(recipients)
                        .map(r -> ForwardPath.of(EmailAddress.parse(r)))
                        .toList(),
                new Shipment.Octets() {
                    @Override
                    public long size() {
                        return MESSAGE.length;
                    }

                    @Override
                    public InputStream open() {
                        return new ByteArrayInputStream(MESSAGE);
                    }
                },
                false,
                false);
    }

    static MailOptions requireTls() {
        return new MailOptions(
                false,
                MailOptions.Body.SEVEN_BIT,
                Optional.empty(),
                Optional.empty(),
                true,
                0,
                Optional.empty(),
                Optional.empty());
    }
}
