// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import java.io.IOException;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;

/** Computes what is kept about a message that comes in by APPEND. */
@FunctionalInterface
interface MessageIndexer {
    MessageIndex index(SpooledMessage message) throws IOException;
}
