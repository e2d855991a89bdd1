// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.id;

/** The row identity of an account: who logs in and owns mailboxes. */
public record AccountId(long value) {}
