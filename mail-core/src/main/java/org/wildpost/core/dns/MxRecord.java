// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.dns;

import java.util.Optional;
import org.wildpost.core.address.DomainName;

/**
 * A mail exchanger (RFC 5321 §5.1).
 *
 * @param preference the lower the sooner
 * @param exchange   empty for the root: the domain takes no mail (RFC 7505 §3)
 */
public record MxRecord(int preference, Optional<DomainName> exchange) {}
