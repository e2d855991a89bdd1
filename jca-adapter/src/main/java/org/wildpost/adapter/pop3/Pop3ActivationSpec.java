// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.pop3;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.listener.pop3.Maildrop;

/**
 * How a POP3 endpoint is configured: where it listens and what a client may do. A JavaBean, because the container fills it; a port of 0 is off.
 * RFC 1939 §3 and RFC 8314 for the two ports.
 */
public final class Pop3ActivationSpec implements ActivationSpec {
    private static final int PORT_MAX = 65_535;

    /** The least that a session with a login may be silent (RFC 1939 §3). */
    private static final long LEAST_IDLE_SECONDS = 600;

    /** The most, so that a lease outlives the silence. */
    private static final long MOST_IDLE_SECONDS = Maildrop.LEASE_SECONDS - 2 * Pop3Session.RENEW_AFTER.toSeconds();

    private @Nullable ResourceAdapter resourceAdapter;
    private String bind = "0.0.0.0";
    private int plainPort = 110;
    private int tlsPort = 995;
    private int portOffset;
    private String hostname = "localhost";
    private String dataFolder = "";
    private boolean allowPlaintextLogin;
    private int maxConnections = 10_000;
    private int maxConnectionsPerAddress = 100;
    private int maxErrors = 20;
    private long loginSeconds = 120;
    private long idleSeconds = 600;

    /** What sessions are told. */
    public Pop3Settings settings() {
        return new Pop3Settings(
                hostname,
                allowPlaintextLogin,
                Duration.ofSeconds(idleSeconds),
                Duration.ofSeconds(loginSeconds),
                maxErrors);
    }

    @Override
    public void validate() throws InvalidPropertyException {
        require(isPort(plainPort), "plainPort");
        require(isPort(tlsPort), "tlsPort");
        require(plainPort > 0 || tlsPort > 0, "plainPort or tlsPort");
        require(!hostname.isBlank(), "hostname");
        require(!bind.isBlank(), "bind");
        require(maxConnections > 0, "maxConnections");
        require(maxConnectionsPerAddress > 0, "maxConnectionsPerAddress");
        require(maxErrors > 0, "maxErrors");
        require(loginSeconds > 0, "loginSeconds");
        require(idleSeconds >= LEAST_IDLE_SECONDS && idleSeconds <= MOST_IDLE_SECONDS, "idleSeconds");
    }

    private boolean isPort(int port) {
        return port == 0 || port > 0 && port + portOffset > 0 && port + portOffset <= PORT_MAX;
    }

    private static void require(boolean valid, String property) throws InvalidPropertyException {
        if (!valid) {
            throw new InvalidPropertyException("the POP3 listener needs a valid value of " + property);
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

    public int getMaxConnections() {
        return maxConnections;
    }

    public void setMaxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    public int getMaxConnectionsPerAddress() {
        return maxConnectionsPerAddress;
    }

    public void setMaxConnectionsPerAddress(int maxConnectionsPerAddress) {
        this.maxConnectionsPerAddress = maxConnectionsPerAddress;
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
