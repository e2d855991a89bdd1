// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener;

/** Where a login comes from; shown to owners and used in throttling. */
public enum MailProtocol {
    SMTP,
    IMAP,
    POP3,
    MANAGESIEVE,
    WEB,
    REST
}
