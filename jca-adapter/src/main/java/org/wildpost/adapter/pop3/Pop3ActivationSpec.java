// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import jakarta.resource.spi.Activation;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.wildpost.adapter.MailActivationSpec;
import org.wildpost.adapter.net.ConnectionLimits;
import org.wildpost.adapter.net.Conversation;
import org.wildpost.adapter.net.ListenerSettings;
import org.wildpost.adapter.net.MailListener;
import org.wildpost.adapter.net.MessageEndpoints;
import org.wildpost.core.listener.pop3.Pop3Listener;

/** The activation of POP3: port 110 with STLS and port 995 with TLS from the start (RFC 1939, RFC 2595, RFC 8314). */
@Activation(messageListeners = Pop3Listener.class)
public class Pop3ActivationSpec extends MailActivationSpec {
    /** How long a session may be silent (RFC 1939 §3: at least ten minutes). */
    private static final Duration IDLE = Duration.ofMinutes(10);

    /** How long a session may go on without a login. */
    private static final Duration BEFORE_LOGIN = Duration.ofMinutes(2);

    /** Bad commands and failed logins of one session. */
    private static final int MAX_ERRORS = 10;

    private Integer plainPort = 110;
    private Integer tlsPort = 995;

    @Override
    protected int[] ports() {
        return new int[] {plainPort, tlsPort};
    }

    @Override
    protected List<MailListener> listen(MessageEndpointFactory factory, Supplier<SSLContext> tls) throws IOException {
        Pop3Settings settings =
                new Pop3Settings(getHostname(), getAllowPlaintextLogin(), IDLE, BEFORE_LOGIN, MAX_ERRORS);
        MessageEndpoints<Pop3Listener> endpoints = new MessageEndpoints<>(factory, Pop3Listener.class);
        Conversation conversation = new Pop3Conversation(settings, endpoints);
        ConnectionLimits limits = connectionLimits();
        String refusal = "-ERR [SYS/TEMP] too many connections, try again later\r\n";
        List<MailListener> listeners = new ArrayList<>();
        try {
            if (plainPort > 0) {
                listeners.add(MailListener.start(
                        new ListenerSettings("pop3", getBind(), moved(plainPort), false, refusal),
                        limits,
                        tls,
                        conversation));
            }
            if (tlsPort > 0) {
                listeners.add(MailListener.start(
                        new ListenerSettings("pop3s", getBind(), moved(tlsPort), true, refusal),
                        limits,
                        tls,
                        conversation));
            }
            return listeners;
        } catch (IOException e) {
            listeners.forEach(MailListener::close);
            throw e;
        }
    }

    public Integer getPlainPort() {
        return plainPort;
    }

    public void setPlainPort(Integer plainPort) {
        this.plainPort = plainPort;
    }

    public Integer getTlsPort() {
        return tlsPort;
    }

    public void setTlsPort(Integer tlsPort) {
        this.tlsPort = tlsPort;
    }
}
