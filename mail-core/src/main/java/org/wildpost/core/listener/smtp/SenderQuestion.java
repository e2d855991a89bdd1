// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener.smtp;

import java.util.OptionalLong;

/**
 * MAIL FROM.
 *
 * @param declaredSize the SIZE parameter in octets (RFC 1870), if any
 * @param smtpUtf8     whether SMTPUTF8 was given (RFC 6531 §3.4)
 */
public record SenderQuestion(SmtpClient client, ReversePath reversePath, OptionalLong declaredSize, boolean smtpUtf8) {}
