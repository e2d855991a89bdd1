// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.sts;

import org.wildpost.core.sts.StsPolicy;
import org.wildpost.core.tlsreport.ResultType;

/** What is known of a domain's policy. */
public sealed interface StsFinding {
    /** It has this one. */
    record Published(StsPolicy policy) implements StsFinding {}

    /** It has none. */
    record Absent() implements StsFinding {}

    /**
     * It says that it has one, but that cannot be had, and none was kept: mail goes as if there were none (RFC 8461 §3.3).
     *
     * @param type   in the words of reports
     * @param reason one line
     */
    record Unreachable(ResultType type, String reason) implements StsFinding {}
}
