// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.Connector;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.TransactionSupport;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.io.Serializable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.transaction.xa.XAResource;
import org.wildpost.adapter.net.MailListener;
import org.wildpost.core.tls.ReloadingTls;
import org.wildpost.core.tls.SelfSignedCertificate;

/**
 * Hosts the listeners of mail. Each message-driven bean activates its protocol once, with a specification of its own; the container deactivates also when it
 * suspends, and activates again when it goes on.
 */
@Connector(
        displayName = "Wildpost mail listeners",
        vendorName = "Wildpost",
        eisType = "Mail",
        version = "1.0",
        transactionSupport = TransactionSupport.TransactionSupportLevel.NoTransaction)
public class MailResourceAdapter implements ResourceAdapter, ListenersMXBean, Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger("org.wildpost.adapter");

    /** How long sessions may end what they are at when the server stops. */
    private static final Duration DRAIN_TIME = Duration.ofSeconds(10);

    /** SMTP, IMAP, POP3. */
    private static final int PROTOCOLS = 3;

    private static final String MBEAN = "org.wildpost:type=Listeners";

    private final transient Map<MessageEndpointFactory, List<MailListener>> active = new ConcurrentHashMap<>();

    @Override
    public void start(BootstrapContext context) {
        try {
            var server = ManagementFactory.getPlatformMBeanServer();
            ObjectName name = new ObjectName(MBEAN);
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
            server.registerMBean(this, name);
        } catch (JMException e) {
            LOG.log(Level.WARNING, "Monitoring does not see the listeners", e);
        }
    }

    @Override
    public void stop() {
        active.keySet().forEach(this::deactivate);
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(MBEAN));
        } catch (JMException e) {
            LOG.log(Level.DEBUG, "The listeners were not registered", e);
        }
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) throws ResourceException {
        if (!(spec instanceof MailActivationSpec mail)) {
            throw new ResourceException("an activation of mail wants a specification of mail, not "
                    + spec.getClass().getName());
        }
        try {
            active.put(factory, mail.listen(factory, tls(mail)::context));
        } catch (IOException e) {
            LOG.log(Level.ERROR, e.getMessage());
            throw new ResourceException(e.getMessage(), e);
        }
    }

    /** The protocols are activated one after the other, maybe by several threads: the certificate is made once. */
    private static synchronized ReloadingTls tls(MailActivationSpec spec) throws IOException {
        SelfSignedCertificate.ensure(spec.tlsFiles(), spec.getHostname());
        return new ReloadingTls(spec.tlsFiles());
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        deactivate(factory);
    }

    private void deactivate(MessageEndpointFactory factory) {
        List<MailListener> listeners = active.remove(factory);
        if (listeners == null) {
            return;
        }
        List<Thread> stops = listeners.stream()
                .map(listener ->
                        Thread.ofVirtual().inheritInheritableThreadLocals(false).start(() -> listener.stop(DRAIN_TIME)))
                .toList();
        for (Thread stop : stops) {
            try {
                stop.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    @Override
    public boolean isBound() {
        return active.size() >= PROTOCOLS
                && active.values().stream().flatMap(List::stream).allMatch(MailListener::isBound);
    }

    @Override
    public List<Integer> getPorts() {
        return active.values().stream()
                .flatMap(List::stream)
                .map(MailListener::port)
                .sorted()
                .toList();
    }

    /** One adapter is one listener of ports: the container asks for equality to tell activations apart. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
