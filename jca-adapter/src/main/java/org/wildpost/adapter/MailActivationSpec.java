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
     * One port of this activation.
     *
     * @param name    for logs and threads
     * @param port    the standard port, before the offset
     * @param refusal the line for a client over the limits, with CRLF
     */
    protected final ListenerSettings listener(String name, int port, boolean implicitTls, String refusal) {
        return new ListenerSettings(name, bind, moved(port), implicitTls, refusal)
                .withTotalTime(Duration.ofSeconds(totalSeconds));
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
}
