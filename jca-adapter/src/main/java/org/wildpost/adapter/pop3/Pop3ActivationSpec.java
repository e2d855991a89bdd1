// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import jakarta.resource.spi.Activation;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.wildpost.adapter.MailActivationSpec;
import org.wildpost.adapter.net.ConnectionLimits;
import org.wildpost.adapter.net.Conversation;
import org.wildpost.adapter.net.MailListener;
import org.wildpost.adapter.net.MessageEndpoints;
import org.wildpost.core.listener.pop3.Maildrop;
import org.wildpost.core.listener.pop3.Pop3Listener;

/** The activation of POP3: port 110 with STLS and port 995 with TLS from the start (RFC 1939, RFC 2595, RFC 8314). */
@Activation(messageListeners = Pop3Listener.class)
public class Pop3ActivationSpec extends MailActivationSpec {
    /** The least that a session with a login may be silent (RFC 1939 §3). */
    private static final long LEAST_IDLE_SECONDS = 600;

    /** The most, so that a lease outlives the silence. */
    private static final long MOST_IDLE_SECONDS = Maildrop.LEASE_SECONDS - 2 * Pop3Session.RENEW_AFTER.toSeconds();

    private int plainPort = 110;
    private int tlsPort = 995;
    private int maxErrors = 20;
    private long loginSeconds = 120;
    private long idleSeconds = 600;

    /** What sessions are told. */
    Pop3Settings settings() {
        return new Pop3Settings(
                getHostname(),
                isAllowPlaintextLogin(),
                Duration.ofSeconds(idleSeconds),
                Duration.ofSeconds(loginSeconds),
                maxErrors);
    }

    @Override
    public void validate() throws InvalidPropertyException {
        super.validate();
        require(maxErrors > 0, "maxErrors");
        require(loginSeconds > 0, "loginSeconds");
        require(idleSeconds >= LEAST_IDLE_SECONDS && idleSeconds <= MOST_IDLE_SECONDS, "idleSeconds");
    }

    @Override
    protected Map<String, Integer> ports() {
        return new TreeMap<>(Map.of("plainPort", plainPort, "tlsPort", tlsPort));
    }

    @Override
    protected List<MailListener> listen(MessageEndpointFactory factory, Supplier<SSLContext> tls) throws IOException {
        Pop3Settings settings = settings();
        MessageEndpoints<Pop3Listener> endpoints = new MessageEndpoints<>(factory, Pop3Listener.class);
        Conversation conversation = new Pop3Conversation(settings, endpoints);
        ConnectionLimits limits = connectionLimits();
        String refusal = "-ERR [SYS/TEMP] too many connections, try again later\r\n";
        List<MailListener> listeners = new ArrayList<>();
        try {
            if (plainPort > 0) {
                listeners.add(
                        MailListener.start(listener("pop3", plainPort, false, refusal), limits, tls, conversation));
            }
            if (tlsPort > 0) {
                listeners.add(MailListener.start(listener("pop3s", tlsPort, true, refusal), limits, tls, conversation));
            }
            return listeners;
        } catch (IOException e) {
            listeners.forEach(MailListener::close);
            throw e;
        }
    }

    public int getPlainPort() {
        return plainPort;
    }

    public void setPlainPort(int plainPort) {
        this.plainPort = plainPort;
    }

    public int getTlsPort() {
        return tlsPort;
    }

    public void setTlsPort(int tlsPort) {
        this.tlsPort = tlsPort;
    }

    public int getMaxErrors() {
        return maxErrors;
    }

    public void setMaxErrors(int maxErrors) {
        this.maxErrors = maxErrors;
    }

    public long getLoginSeconds() {
        return loginSeconds;
    }

    public void setLoginSeconds(long loginSeconds) {
        this.loginSeconds = loginSeconds;
    }

    public long getIdleSeconds() {
        return idleSeconds;
    }

    public void setIdleSeconds(long idleSeconds) {
        this.idleSeconds = idleSeconds;
    }
}
