// SPDX-License-Identifier: Apache-2.0
/** MTA-STS as grammar and rules: records, policies, and which host they allow. Must not know how a policy is fetched or kept. RFC 8461. */
@NullMarked
package org.wildpost.core.sts;

import org.jspecify.annotations.NullMarked;
