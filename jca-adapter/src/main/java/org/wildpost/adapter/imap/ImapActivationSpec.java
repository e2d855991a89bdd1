// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import jakarta.resource.spi.Activation;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.wildpost.adapter.MailActivationSpec;
import org.wildpost.adapter.net.ConnectionLimits;
import org.wildpost.adapter.net.MailListener;
import org.wildpost.adapter.net.MessageEndpoints;
import org.wildpost.core.listener.imap.ImapListener;

/** The activation of IMAP: port 143 with STARTTLS and port 993 with TLS from the start (RFC 9051, RFC 8314). */
@Activation(messageListeners = ImapListener.class)
public class ImapActivationSpec extends MailActivationSpec {
    /** What a client may take for granted (RFC 7162 §4). */
    private static final int LEAST_LINE_OCTETS = 8192;

    /** What a client may take for granted (RFC 9738 §3). */
    private static final int LEAST_SAVE_LIMIT = 1000;

    /** Of memory, for answers to FETCH that are given again. */
    private static final long CACHE_MEGABYTES = 32;

    private static final long MOST_CACHE_MEGABYTES = 65_536;
    private static final long MEGABYTE = 1024 * 1024;

    private int plainPort = 143;
    private int tlsPort = 993;
    private int lineOctets = ImapLimits.DEFAULTS.line();
    private int literalOctets = ImapLimits.DEFAULTS.literal();
    private int commandOctets = ImapLimits.DEFAULTS.command();
    private int badCommands = ImapLimits.DEFAULTS.badCommands();
    private int loginFailures = ImapLimits.DEFAULTS.loginFailures();
    private long commands = ImapLimits.DEFAULTS.commands();
    private long appendOctets = ImapLimits.DEFAULTS.appendSize();
    private int saveLimit = ImapLimits.DEFAULTS.saveLimit();
    private int notifyMailboxes = ImapLimits.DEFAULTS.notifyMailboxes();
    private long loginSeconds = ImapLimits.DEFAULTS.loginTime().toSeconds();
    private long cacheMegabytes = CACHE_MEGABYTES;
    private long idleSeconds = ImapLimits.DEFAULTS.idleTime().toSeconds();

    /** What sessions are told. */
    ImapSettings settings() throws IOException {
        ImapLimits limits = ImapLimits.DEFAULTS
                .withMessageSize(getMessageSizeLimit())
                .withAppends(appendOctets, saveLimit)
                .withNotifyMailboxes(notifyMailboxes)
                .withSizes(lineOctets, literalOctets, commandOctets)
                .withCounts(commands, badCommands, loginFailures)
                .withTimes(Duration.ofSeconds(loginSeconds), Duration.ofSeconds(idleSeconds));
        return new ImapSettings(getHostname(), spoolDirectory(), isAllowPlaintextLogin(), limits);
    }

    @Override
    public void validate() throws InvalidPropertyException {
        super.validate();
        require(lineOctets >= LEAST_LINE_OCTETS, "lineOctets (RFC 7162 §4: at least " + LEAST_LINE_OCTETS + ")");
        require(literalOctets > 0, "literalOctets");
        require(commandOctets >= Math.max(lineOctets, literalOctets), "commandOctets");
        require(badCommands > 0, "badCommands");
        require(loginFailures > 0, "loginFailures");
        require(commands > 0, "commands");
        require(appendOctets > 0, "appendOctets");
        require(saveLimit >= LEAST_SAVE_LIMIT, "saveLimit (RFC 9738 §3: at least " + LEAST_SAVE_LIMIT + ")");
        require(notifyMailboxes > 0, "notifyMailboxes");
        require(loginSeconds > 0, "loginSeconds");
        require(idleSeconds > 0, "idleSeconds");
        require(cacheMegabytes >= 0 && cacheMegabytes <= MOST_CACHE_MEGABYTES, "cacheMegabytes");
    }

    @Override
    protected Map<String, Integer> ports() {
        return new TreeMap<>(Map.of("plainPort", plainPort, "tlsPort", tlsPort));
    }

    @Override
    protected List<MailListener> listen(MessageEndpointFactory factory, Supplier<SSLContext> tls) throws IOException {
        ImapSettings settings = settings();
        AnswerCache answers = new AnswerCache(cacheMegabytes * MEGABYTE, new SplittableRandom());
        ImapConversation conversation =
                new ImapConversation(settings, new MessageEndpoints<>(factory, ImapListener.class), answers);
        ConnectionLimits limits = connectionLimits();
        String refusal = "* BYE [LIMIT] too many connections, try again later\r\n";
        List<MailListener> listeners = new ArrayList<>();
        try {
            if (plainPort > 0) {
                listeners.add(
                        MailListener.start(listener("imap", plainPort, false, refusal), limits, tls, conversation));
            }
            if (tlsPort > 0) {
                listeners.add(MailListener.start(listener("imaps", tlsPort, true, refusal), limits, tls, conversation));
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

    public int getLineOctets() {
        return lineOctets;
    }

    public void setLineOctets(int lineOctets) {
        this.lineOctets = lineOctets;
    }

    public int getLiteralOctets() {
        return literalOctets;
    }

    public void setLiteralOctets(int literalOctets) {
        this.literalOctets = literalOctets;
    }

    public int getCommandOctets() {
        return commandOctets;
    }

    public void setCommandOctets(int commandOctets) {
        this.commandOctets = commandOctets;
    }

    public int getBadCommands() {
        return badCommands;
    }

    public void setBadCommands(int badCommands) {
        this.badCommands = badCommands;
    }

    public int getLoginFailures() {
        return loginFailures;
    }

    public void setLoginFailures(int loginFailures) {
        this.loginFailures = loginFailures;
    }

    public long getCommands() {
        return commands;
    }

    public void setCommands(long commands) {
        this.commands = commands;
    }

    public long getAppendOctets() {
        return appendOctets;
    }

    public void setAppendOctets(long appendOctets) {
        this.appendOctets = appendOctets;
    }

    public int getNotifyMailboxes() {
        return notifyMailboxes;
    }

    public void setNotifyMailboxes(int notifyMailboxes) {
        this.notifyMailboxes = notifyMailboxes;
    }

    public int getSaveLimit() {
        return saveLimit;
    }

    public void setSaveLimit(int saveLimit) {
        this.saveLimit = saveLimit;
    }

    public long getLoginSeconds() {
        return loginSeconds;
    }

    public void setLoginSeconds(long loginSeconds) {
        this.loginSeconds = loginSeconds;
    }

    public long getCacheMegabytes() {
        return cacheMegabytes;
    }

    public void setCacheMegabytes(long cacheMegabytes) {
        this.cacheMegabytes = cacheMegabytes;
    }

    public long getIdleSeconds() {
        return idleSeconds;
    }

    public void setIdleSeconds(long idleSeconds) {
        this.idleSeconds = idleSeconds;
    }
}
