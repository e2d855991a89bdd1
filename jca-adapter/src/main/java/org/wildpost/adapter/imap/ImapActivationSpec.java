// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.imap;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an IMAP endpoint is configured: where it listens and what a client may do. A JavaBean, because the container fills it; a port of 0 is
 * off. RFC 9051 §11.1 and RFC 8314 for the two ports.
 */
public final class ImapActivationSpec implements ActivationSpec {
    private static final int PORT_MAX = 65_535;

    private @Nullable ResourceAdapter resourceAdapter;
    private String bind = "0.0.0.0";
    private int plainPort = 143;
    private int tlsPort = 993;
    private int portOffset;
    private String hostname = "localhost";
    private String dataFolder = "";
    private boolean allowPlaintextLogin;
    private long messageSizeLimit = ImapLimits.DEFAULTS.messageSize();
    private int badCommands = ImapLimits.DEFAULTS.badCommands();
    private int loginFailures = ImapLimits.DEFAULTS.loginFailures();
    private long commands = ImapLimits.DEFAULTS.commands();
    private long loginSeconds = ImapLimits.DEFAULTS.loginTime().toSeconds();
    private long idleSeconds = ImapLimits.DEFAULTS.idleTime().toSeconds();

    /** What sessions are told; makes the spool folder. */
    public ImapSettings settings() {
        ImapLimits limits = ImapLimits.DEFAULTS
                .withMessageSize(messageSizeLimit)
                .withCounts(commands, badCommands, loginFailures)
                .withTimes(Duration.ofSeconds(loginSeconds), Duration.ofSeconds(idleSeconds));
        return new ImapSettings(hostname, spoolFolder(), allowPlaintextLogin, limits);
    }

    private Path spoolFolder() {
        if (dataFolder.isBlank()) {
            return Path.of(System.getProperty("java.io.tmpdir"));
        }
        try {
            return Files.createDirectories(Path.of(dataFolder, "spool"));
        } catch (IOException e) {
            throw new UncheckedIOException("the spool folder cannot be made", e);
        }
    }

    @Override
    public void validate() throws InvalidPropertyException {
        require(isPort(plainPort), "plainPort");
        require(isPort(tlsPort), "tlsPort");
        require(plainPort > 0 || tlsPort > 0, "plainPort or tlsPort");
        require(!hostname.isBlank(), "hostname");
        require(!bind.isBlank(), "bind");
        require(messageSizeLimit > 0, "messageSizeLimit");
        require(badCommands > 0, "badCommands");
        require(loginFailures > 0, "loginFailures");
        require(commands > 0, "commands");
        require(loginSeconds > 0, "loginSeconds");
        require(idleSeconds > 0, "idleSeconds");
    }

    private boolean isPort(int port) {
        return port == 0 || port > 0 && port + portOffset > 0 && port + portOffset <= PORT_MAX;
    }

    private static void require(boolean valid, String property) throws InvalidPropertyException {
        if (!valid) {
            throw new InvalidPropertyException("the IMAP listener needs a valid value of " + property);
        }
    }

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return resourceAdapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) {
        this.resourceAdapter = adapter;
    }

    public String getBind() {
        return bind;
    }

    public void setBind(String bind) {
        this.bind = bind;
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

    public int getPortOffset() {
        return portOffset;
    }

    public void setPortOffset(int portOffset) {
        this.portOffset = portOffset;
    }

    public String getHostname() {
        return hostname;
    }

    public void setHostname(String hostname) {
        this.hostname = hostname;
    }

    public String getDataFolder() {
        return dataFolder;
    }

    public void setDataFolder(String dataFolder) {
        this.dataFolder = dataFolder;
    }

    public boolean isAllowPlaintextLogin() {
        return allowPlaintextLogin;
    }

    public void setAllowPlaintextLogin(boolean allowPlaintextLogin) {
        this.allowPlaintextLogin = allowPlaintextLogin;
    }

    public long getMessageSizeLimit() {
        return messageSizeLimit;
    }

    public void setMessageSizeLimit(long messageSizeLimit) {
        this.messageSizeLimit = messageSizeLimit;
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
