// SPDX-License-Identifier: Apache-2.0
package org.wildpost.core.listener;

/** How every listener authenticates: the mechanisms run in the adapter, the decision is here. */
public interface Authentication {
    /** Checks a name and a password. */
    LoginResult login(LoginAttempt attempt);

    /** Gives the SCRAM verifier for a name; never says whether the name exists. */
    ScramLookup scram(MailProtocol protocol, Peer peer, String username);

    /**
     * Ends a SCRAM login.
     *
     * @param proved whether the client proved knowledge of the password against the verifier given before
     */
    LoginResult scramCompleted(MailProtocol protocol, Peer peer, String username, boolean proved);
}
