// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import jakarta.resource.spi.Activation;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.wildpost.adapter.MailActivationSpec;
import org.wildpost.adapter.net.ConnectionLimits;
import org.wildpost.adapter.net.ListenerSettings;
import org.wildpost.adapter.net.MailListener;
import org.wildpost.adapter.net.MessageEndpoints;
import org.wildpost.core.listener.imap.ImapListener;
import org.wildpost.core.mime.MimeIndexer;

/** The activation of IMAP: port 143 with STARTTLS and port 993 with TLS from the start (RFC 9051, RFC 8314). */
@Activation(messageListeners = ImapListener.class)
public class ImapActivationSpec extends MailActivationSpec {
    private Integer plainPort = 143;
    private Integer tlsPort = 993;
    private Integer badCommands = ImapLimits.DEFAULTS.badCommands();
    private Integer loginFailures = ImapLimits.DEFAULTS.loginFailures();
    private Long commands = ImapLimits.DEFAULTS.commands();
    private Long loginSeconds = ImapLimits.DEFAULTS.loginTime().toSeconds();
    private Long idleSeconds = ImapLimits.DEFAULTS.idleTime().toSeconds();

    /** What sessions are told. */
    ImapSettings settings() throws IOException {
        ImapLimits limits = ImapLimits.DEFAULTS
                .withMessageSize(getMessageSizeLimit())
                .withCounts(commands, badCommands, loginFailures)
                .withTimes(Duration.ofSeconds(loginSeconds), Duration.ofSeconds(idleSeconds));
        return new ImapSettings(getHostname(), spoolDirectory(), getAllowPlaintextLogin(), limits);
    }

    @Override
    public void validate() throws InvalidPropertyException {
        super.validate();
        if (badCommands < 1 || loginFailures < 1 || commands < 1 || loginSeconds < 1 || idleSeconds < 1) {
            throw new InvalidPropertyException(
                    "badCommands, loginFailures, commands, loginSeconds and idleSeconds are greater than 0");
        }
    }

    @Override
    protected int[] ports() {
        return new int[] {plainPort, tlsPort};
    }

    @Override
    protected List<MailListener> listen(MessageEndpointFactory factory, Supplier<SSLContext> tls) throws IOException {
        ImapSettings settings = settings();
        ImapConversation conversation =
                new ImapConversation(settings, new MessageEndpoints<>(factory, ImapListener.class), MimeIndexer::index);
        ConnectionLimits limits = connectionLimits();
        String refusal = "* BYE [LIMIT] too many connections, try again later\r\n";
        List<MailListener> listeners = new ArrayList<>();
        try {
            if (plainPort > 0) {
                listeners.add(MailListener.start(
                        new ListenerSettings("imap", getBind(), moved(plainPort), false, refusal),
                        limits,
                        tls,
                        conversation));
            }
            if (tlsPort > 0) {
                listeners.add(MailListener.start(
                        new ListenerSettings("imaps", getBind(), moved(tlsPort), true, refusal),
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

    public Integer getBadCommands() {
        return badCommands;
    }

    public void setBadCommands(Integer badCommands) {
        this.badCommands = badCommands;
    }

    public Integer getLoginFailures() {
        return loginFailures;
    }

    public void setLoginFailures(Integer loginFailures) {
        this.loginFailures = loginFailures;
    }

    public Long getCommands() {
        return commands;
    }

    public void setCommands(Long commands) {
        this.commands = commands;
    }

    public Long getLoginSeconds() {
        return loginSeconds;
    }

    public void setLoginSeconds(Long loginSeconds) {
        this.loginSeconds = loginSeconds;
    }

    public Long getIdleSeconds() {
        return idleSeconds;
    }

    public void setIdleSeconds(Long idleSeconds) {
        this.idleSeconds = idleSeconds;
    }
}
