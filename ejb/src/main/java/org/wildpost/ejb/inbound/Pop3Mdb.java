// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.inbound;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jboss.ejb3.annotation.ResourceAdapter;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.ScramLookup;
import org.wildpost.core.listener.TokenAttempt;
import org.wildpost.core.listener.pop3.Maildrop;
import org.wildpost.core.listener.pop3.MaildropResult;
import org.wildpost.core.listener.pop3.Pop3Listener;
import org.wildpost.core.sasl.TokenIssuer;
import org.wildpost.core.sasl.TokenResult;
import org.wildpost.ejb.delivery.MaildropService;
import org.wildpost.ejb.identity.AuthenticationService;
import org.wildpost.ejb.settings.ServerName;

/** Answers POP3 sessions. */
@MessageDriven(messageListenerInterface = Pop3Listener.class)
@ResourceAdapter("#mail-ra.rar")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Pop3Mdb implements Pop3Listener {
    @Inject
    AuthenticationService authentication;

    @Inject
    ServerName name;

    @Inject
    MaildropService maildrops;

    @Override
    public Optional<String> hostname() {
        return Optional.of(name.get());
    }

    @Override
    public MaildropResult open(AccountId account) {
        return maildrops.open(account);
    }

    @Override
    public Optional<byte[]> content(Maildrop maildrop, long uid, long offset, int length) {
        return maildrops.content(maildrop, uid, offset, length);
    }

    @Override
    public boolean renew(Maildrop maildrop) {
        return maildrops.renew(maildrop);
    }

    @Override
    public boolean commit(Maildrop maildrop, long[] deleted) {
        return maildrops.commit(maildrop, deleted);
    }

    @Override
    public void release(Maildrop maildrop) {
        maildrops.release(maildrop);
    }

    @Override
    public LoginResult login(LoginAttempt attempt) {
        return authentication.login(attempt);
    }

    @Override
    public ScramLookup scram(MailProtocol protocol, Peer peer, String username) {
        return authentication.scram(protocol, peer, username);
    }

    @Override
    public LoginResult scramCompleted(MailProtocol protocol, Peer peer, String username, boolean proved) {
        return authentication.scramCompleted(protocol, peer, username, proved);
    }

    @Override
    public Optional<TokenIssuer> tokenIssuer() {
        return authentication.tokenIssuer();
    }

    @Override
    public TokenResult token(TokenAttempt attempt) {
        return authentication.token(attempt);
    }
}
