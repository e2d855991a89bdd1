// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.route;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.wildpost.core.address.DomainName;
import org.wildpost.core.sasl.Secret;
import org.wildpost.core.tls.PemIdentity;
import org.wildpost.core.transport.ClientIdentity;
import org.wildpost.core.transport.Credentials;
import org.wildpost.ejb.secret.Vault;
import org.wildpost.persistence.transport.RouteSettings;

/**
 * Seals and opens the secrets of routes. Host and user are bound into what is sealed: who can write to the database alone cannot have a password sent elsewhere.
 */
record RouteSecrets(Vault vault) {
    RouteSettings.SealedLogin seal(DomainName host, String username, Secret password, boolean clearText) {
        byte[] clear = password.reveal().getBytes(StandardCharsets.UTF_8);
        return new RouteSettings.SealedLogin(username, vault.seal(passwordOf(host, username), clear), clearText);
    }

    /**
     * @throws IllegalStateException when it was sealed with another key or for another host
     */
    Credentials open(DomainName host, RouteSettings.SealedLogin login) {
        byte[] clear = vault.open(passwordOf(host, login.username()), login.password());
        return new Credentials(
                login.username(), new Secret(new String(clear, StandardCharsets.UTF_8)), login.clearText());
    }

    RouteSettings.SealedIdentity seal(DomainName host, String certificate, Secret key) {
        byte[] clear = key.reveal().getBytes(StandardCharsets.UTF_8);
        return new RouteSettings.SealedIdentity(certificate, vault.seal(keyOf(host), clear));
    }

    /**
     * @throws IllegalStateException when it was sealed with another key or for another host
     * @throws IOException           when it is not what was checked when it was stored
     */
    ClientIdentity open(DomainName host, RouteSettings.SealedIdentity identity) throws IOException {
        PemIdentity opened =
                PemIdentity.parse(identity.certificate(), key(host, identity).reveal());
        return new ClientIdentity(opened.key(), opened.chain());
    }

    /** The key as it was typed. */
    Secret key(DomainName host, RouteSettings.SealedIdentity identity) {
        return new Secret(new String(vault.open(keyOf(host), identity.key()), StandardCharsets.UTF_8));
    }

    private static String passwordOf(DomainName host, String username) {
        return "route-password:" + username + "@" + host.ascii();
    }

    private static String keyOf(DomainName host) {
        return "route-key:" + host.ascii();
    }
}
