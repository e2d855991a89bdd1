// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import java.util.Optional;
import org.wildpost.core.transport.ClientIdentity;
import org.wildpost.core.transport.Credentials;
import org.wildpost.persistence.transport.RouteSettings;

/**
 * A route with its secrets opened.
 *
 * @param fault why it cannot be used, such as a password that was sealed with another key; one line
 */
public record ConfiguredRoute(
        RouteSettings settings,
        Optional<Credentials> login,
        Optional<ClientIdentity> identity,
        Optional<String> fault) {}
