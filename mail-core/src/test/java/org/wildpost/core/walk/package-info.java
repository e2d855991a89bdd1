// SPDX-License-Identifier: Apache-2.0
/**
 * Many IMAP sessions on one mailbox, walking at random from a seed: what each client knows is checked against a model after each answer. Knows the wire alone,
 * so that it runs against a session in process and against a whole server. RFC 9051 §5.2, RFC 7162, RFC 9586.
 */
@NullMarked
package org.wildpost.core.walk;

import org.jspecify.annotations.NullMarked;
