// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.wildpost.adapter.net.ConnectionLimits;
import org.wildpost.adapter.net.ListenerSettings;
import org.wildpost.adapter.net.MailListener;
import org.wildpost.adapter.net.proxy.ProxyTrust;
import org.wildpost.core.net.Networks;
import org.wildpost.core.tls.TlsFiles;

/** What the listeners of every protocol are told; the properties of an activation, as the container sets them. */
public abstract class MailActivationSpec implements ActivationSpec {
    /** Connections of one protocol at once. */
    public static final int DEFAULT_CONNECTIONS_TOTAL = 10_000;

    /** Connections of one protocol and one address at once. */
    public static final int DEFAULT_CONNECTIONS_PER_ADDRESS = 100;

    /** Octets of a message. */
    public static final long DEFAULT_MESSAGE_SIZE_LIMIT = 50L * 1024 * 1024;

    private static final int MAX_PORT = 65_535;

    private @Nullable ResourceAdapter resourceAdapter;
    private String bind = "0.0.0.0";
    private int portOffset;
    private String hostname = "localhost";
    private String dataFolder = "";
    private boolean allowPlaintextLogin;
    private int maxConnections = DEFAULT_CONNECTIONS_TOTAL;
    private int maxConnectionsPerAddress = DEFAULT_CONNECTIONS_PER_ADDRESS;
    private long messageSizeLimit = DEFAULT_MESSAGE_SIZE_LIMIT;
    private long totalSeconds = ListenerSettings.TOTAL_TIME.toSeconds();
    private long handshakeSeconds = ListenerSettings.HANDSHAKE_TIME.toSeconds();
    private long writeSeconds = ListenerSettings.WRITE_TIME.toSeconds();
    private String proxyNetworks = "";
    private long proxyHeaderSeconds = ProxyTrust.HEADER_TIME.toSeconds();
    private int proxyHeaderOctets = ProxyTrust.HEADER_OCTETS;

    /**
     * Starts every listener of this activation; all or none.
     *
     * @throws IOException when a port cannot be bound
     */
    protected abstract List<MailListener> listen(MessageEndpointFactory endpoints, Supplier<SSLContext> tls)
            throws IOException;

    /** The ports that are configured, by the names of their properties, before the offset; 0 stands for none. */
    protected abstract Map<String, Integer> ports();

    /** Where a standard port is in this instance. */
    protected final int moved(int port) {
        return port + portOffset;
    }

    /**
     * One port of this activation, behind the proxies that are believed.
     *
     * @param name    for logs and threads
     * @param port    the standard port, before the offset
     * @param refusal the line for a client over the limits, with CRLF
     */
    protected final ListenerSettings listener(String name, int port, boolean implicitTls, String refusal) {
        ProxyTrust proxies = new ProxyTrust(
                Networks.parse(proxyNetworks), Duration.ofSeconds(proxyHeaderSeconds), proxyHeaderOctets);
        return listener(name, bind, port, implicitTls, refusal).behind(proxies);
    }

    /**
     * One port of this activation at an address of its own, where no proxy is believed.
     *
     * @param port    the standard port, before the offset
     * @param refusal the line for a client over the limits, with CRLF
     */
    protected final ListenerSettings listener(
            String name, String address, int port, boolean implicitTls, String refusal) {
        return new ListenerSettings(
                name,
                address,
                moved(port),
                implicitTls,
                refusal,
                Duration.ofSeconds(handshakeSeconds),
                Duration.ofSeconds(totalSeconds),
                Duration.ofSeconds(writeSeconds),
                ProxyTrust.NONE);
    }

    protected final ConnectionLimits connectionLimits() {
        return new ConnectionLimits(maxConnections, maxConnectionsPerAddress);
    }

    /** Where large messages wait while they come in. */
    protected final Path spoolDirectory() throws IOException {
        return Files.createDirectories(dataFolder().resolve("spool"));
    }

    /** The one folder of this instance; the temporary one where none is named. */
    private Path dataFolder() {
        return Path.of(dataFolder.isBlank() ? System.getProperty("java.io.tmpdir") : dataFolder);
    }

    final TlsFiles tlsFiles() {
        return TlsFiles.in(dataFolder());
    }

    @Override
    public void validate() throws InvalidPropertyException {
        for (Map.Entry<String, Integer> port : ports().entrySet()) {
            require(isPort(port.getValue()), port.getKey());
        }
        require(ports().values().stream().anyMatch(port -> port > 0), String.join(" or ", ports().keySet()));
        require(!hostname.isBlank(), "hostname");
        require(!bind.isBlank(), "bind");
        require(maxConnections > 0, "maxConnections");
        require(maxConnectionsPerAddress > 0, "maxConnectionsPerAddress");
        require(messageSizeLimit > 0, "messageSizeLimit");
        require(totalSeconds > 0, "totalSeconds");
        require(handshakeSeconds > 0, "handshakeSeconds");
        require(writeSeconds > 0, "writeSeconds");
        requireNetworks(proxyNetworks, "proxyNetworks");
        require(proxyHeaderSeconds > 0, "proxyHeaderSeconds");
        require(
                proxyHeaderOctets >= ProxyTrust.LEAST_HEADER_OCTETS,
                "proxyHeaderOctets (at least " + ProxyTrust.LEAST_HEADER_OCTETS + ")");
    }

    private boolean isPort(int port) {
        return port == 0 || (port > 0 && port + portOffset > 0 && port + portOffset <= MAX_PORT);
    }

    /** Names the property that cannot be used. */
    protected static void require(boolean valid, String property) throws InvalidPropertyException {
        if (!valid) {
            throw new InvalidPropertyException("a mail listener needs a valid value of " + property);
        }
    }

    /** Names the property that is no list of networks, and what is wrong in it. */
    protected static void requireNetworks(String networks, String property) throws InvalidPropertyException {
        try {
            Networks.parse(networks);
        } catch (IllegalArgumentException e) {
            throw new InvalidPropertyException(
                    "a mail listener needs networks in " + property + ": " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return resourceAdapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) {
        resourceAdapter = adapter;
    }

    public String getBind() {
        return bind;
    }

    public void setBind(String bind) {
        this.bind = bind;
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

    public long getMessageSizeLimit() {
        return messageSizeLimit;
    }

    public void setMessageSizeLimit(long messageSizeLimit) {
        this.messageSizeLimit = messageSizeLimit;
    }

    /** Seconds that a connection may live, whatever it does. */
    public long getTotalSeconds() {
        return totalSeconds;
    }

    public void setTotalSeconds(long totalSeconds) {
        this.totalSeconds = totalSeconds;
    }

    /** Seconds that a whole TLS handshake may take. */
    public long getHandshakeSeconds() {
        return handshakeSeconds;
    }

    public void setHandshakeSeconds(long handshakeSeconds) {
        this.handshakeSeconds = handshakeSeconds;
    }

    /** Seconds that a client may leave unread what was written. */
    public long getWriteSeconds() {
        return writeSeconds;
    }

    public void setWriteSeconds(long writeSeconds) {
        this.writeSeconds = writeSeconds;
    }

    /** Networks in CIDR form with commas between; from them every connection begins with a header of the PROXY protocol. */
    public String getProxyNetworks() {
        return proxyNetworks;
    }

    public void setProxyNetworks(String proxyNetworks) {
        this.proxyNetworks = proxyNetworks;
    }

    public long getProxyHeaderSeconds() {
        return proxyHeaderSeconds;
    }

    public void setProxyHeaderSeconds(long proxyHeaderSeconds) {
        this.proxyHeaderSeconds = proxyHeaderSeconds;
    }

    public int getProxyHeaderOctets() {
        return proxyHeaderOctets;
    }

    public void setProxyHeaderOctets(int proxyHeaderOctets) {
        this.proxyHeaderOctets = proxyHeaderOctets;
    }
}
