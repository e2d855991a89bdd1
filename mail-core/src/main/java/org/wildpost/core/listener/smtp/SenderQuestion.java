// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import java.util.OptionalLong;

/**
 * MAIL FROM.
 *
 * @param declaredSize the SIZE parameter in octets (RFC 1870), if any
 * @param options      what else was asked for
 */
public record SenderQuestion(
        SmtpClient client, ReversePath reversePath, OptionalLong declaredSize, MailOptions options) {}
