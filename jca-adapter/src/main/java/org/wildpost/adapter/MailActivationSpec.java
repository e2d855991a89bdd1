// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.wildpost.adapter.net.ConnectionLimits;
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
    private Integer portOffset = 0;
    private String hostname = "localhost";
    private String dataFolder = System.getProperty("java.io.tmpdir");
    private Boolean allowPlaintextLogin = false;
    private Integer maxConnections = DEFAULT_CONNECTIONS_TOTAL;
    private Integer maxConnectionsPerAddress = DEFAULT_CONNECTIONS_PER_ADDRESS;
    private Long messageSizeLimit = DEFAULT_MESSAGE_SIZE_LIMIT;

    /**
     * Starts every listener of this activation; all or none.
     *
     * @throws IOException when a port cannot be bound
     */
    protected abstract List<MailListener> listen(MessageEndpointFactory endpoints, Supplier<SSLContext> tls)
            throws IOException;

    /** The ports that are configured, before the offset; 0 stands for none. */
    protected abstract int[] ports();

    /** Where a standard port is in this instance. */
    protected final int moved(int port) {
        return port + portOffset;
    }

    protected final ConnectionLimits connectionLimits() {
        return new ConnectionLimits(maxConnections, maxConnectionsPerAddress);
    }

    /** Where large messages wait while they come in. */
    protected final Path spoolDirectory() throws IOException {
        return Files.createDirectories(Path.of(dataFolder, "spool"));
    }

    final TlsFiles tlsFiles() {
        return TlsFiles.in(Path.of(dataFolder));
    }

    @Override
    public void validate() throws InvalidPropertyException {
        if (Arrays.stream(ports()).allMatch(port -> port == 0)) {
            throw new InvalidPropertyException("no port is configured");
        }
        if (bind.isBlank() || hostname.isBlank() || dataFolder.isBlank()) {
            throw new InvalidPropertyException("bind, hostname and dataFolder are not empty");
        }
        for (int port : ports()) {
            if (port < 0 || port + portOffset > MAX_PORT) {
                throw new InvalidPropertyException("port " + port + " moved by " + portOffset + " is not a port");
            }
        }
        if (maxConnections < 1 || maxConnectionsPerAddress < 1 || messageSizeLimit < 1) {
            throw new InvalidPropertyException(
                    "maxConnections, maxConnectionsPerAddress and messageSizeLimit are greater than 0");
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

    public Integer getPortOffset() {
        return portOffset;
    }

    public void setPortOffset(Integer portOffset) {
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

    public Boolean getAllowPlaintextLogin() {
        return allowPlaintextLogin;
    }

    public void setAllowPlaintextLogin(Boolean allowPlaintextLogin) {
        this.allowPlaintextLogin = allowPlaintextLogin;
    }

    public Integer getMaxConnections() {
        return maxConnections;
    }

    public void setMaxConnections(Integer maxConnections) {
        this.maxConnections = maxConnections;
    }

    public Integer getMaxConnectionsPerAddress() {
        return maxConnectionsPerAddress;
    }

    public void setMaxConnectionsPerAddress(Integer maxConnectionsPerAddress) {
        this.maxConnectionsPerAddress = maxConnectionsPerAddress;
    }

    public Long getMessageSizeLimit() {
        return messageSizeLimit;
    }

    public void setMessageSizeLimit(Long messageSizeLimit) {
        this.messageSizeLimit = messageSizeLimit;
    }
}
