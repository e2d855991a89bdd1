// SPDX-License-Identifier: Apache-2.0
package org.wildpost.persistence.message;

import org.wildpost.core.message.Flags;

/** What a change of a message must know of it. */
public record MessageState(long uid, Flags flags, long modSeq, long size) {}
