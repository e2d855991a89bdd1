// SPDX-License-Identifier: Apache-2.0
/**
 * Mailboxes and their messages as services see them: what IMAP, POP3, delivery and the web ask of the store. Must not know any wire protocol.
 * RFC 9051, RFC 7162, RFC 6851, RFC 6154.
 */
@NullMarked
package org.wildpost.ejb.mailbox;

import org.jspecify.annotations.NullMarked;
