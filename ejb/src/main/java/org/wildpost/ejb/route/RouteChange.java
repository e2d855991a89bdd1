// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import java.util.List;
import java.util.Optional;
import org.wildpost.core.sasl.Secret;

/**
 * What is to change of a route, or of a new one that says nothing yet; what is absent stays as it is, and an empty text takes away. All as typed, nothing is checked
 * yet.
 *
 * @param port     0 stands for the usual port
 * @param password stays when it is absent, also when the host changes
 */
public record RouteChange(
        Optional<String> senderDomain,
        Optional<String> recipientDomain,
        Optional<String> host,
        Optional<Integer> port,
        Optional<String> tls,
        Optional<List<String>> tlsNames,
        Optional<Boolean> implicitTls,
        Optional<String> username,
        Optional<Secret> password,
        Optional<Boolean> clearText,
        Optional<String> certificate,
        Optional<Secret> privateKey,
        Optional<Boolean> disabled,
        Optional<String> note) {
    /** Changes nothing. */
    public static final RouteChange NONE = new RouteChange(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
}
