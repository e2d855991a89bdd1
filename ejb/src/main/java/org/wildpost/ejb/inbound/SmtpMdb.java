// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.inbound;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jboss.ejb3.annotation.ResourceAdapter;
import org.wildpost.core.listener.LoginAttempt;
import org.wildpost.core.listener.LoginResult;
import org.wildpost.core.listener.MailProtocol;
import org.wildpost.core.listener.Peer;
import org.wildpost.core.listener.ScramLookup;
import org.wildpost.core.listener.TokenAttempt;
import org.wildpost.core.listener.smtp.RecipientQuestion;
import org.wildpost.core.listener.smtp.SenderQuestion;
import org.wildpost.core.listener.smtp.SmtpEnvelope;
import org.wildpost.core.listener.smtp.SmtpListener;
import org.wildpost.core.listener.smtp.SmtpVerdict;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MessageIndex;
import org.wildpost.core.sasl.TokenIssuer;
import org.wildpost.core.sasl.TokenResult;
import org.wildpost.ejb.delivery.DeliveryService;
import org.wildpost.ejb.identity.AuthenticationService;
import org.wildpost.ejb.settings.ServerName;

/** Answers SMTP sessions. */
@MessageDriven(messageListenerInterface = SmtpListener.class)
@ResourceAdapter("#mail-ra.rar")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SmtpMdb implements SmtpListener {
    @Inject
    AuthenticationService authentication;

    @Inject
    ServerName name;

    @Inject
    DeliveryService delivery;

    @Override
    public Optional<String> hostname() {
        return Optional.of(name.get());
    }

    @Override
    public SmtpVerdict sender(SenderQuestion question) {
        return delivery.sender(question);
    }

    @Override
    public SmtpVerdict recipient(RecipientQuestion question) {
        return delivery.recipient(question);
    }

    @Override
    public SmtpVerdict deliver(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index) {
        return delivery.deliver(envelope, message, index);
    }

    @Override
    public List<SmtpVerdict> deliverEach(SmtpEnvelope envelope, SpooledMessage message, MessageIndex index) {
        return delivery.deliverEach(envelope, message, index);
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
