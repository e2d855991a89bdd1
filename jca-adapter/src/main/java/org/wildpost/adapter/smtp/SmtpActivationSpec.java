// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import jakarta.resource.spi.Activation;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.wildpost.adapter.login.Introduction;
import org.wildpost.adapter.net.ConnectionLimits;
import org.wildpost.adapter.net.Conversation;
import org.wildpost.adapter.net.ListenerSettings;
import org.wildpost.adapter.net.MailListener;
import org.wildpost.adapter.net.MessageEndpoints;
import org.wildpost.core.listener.smtp.SmtpListener;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.net.Networks;

/**
 * The activation of SMTP: port 25 for other servers, 587 and 465 for owners (RFC 5321, RFC 6409, RFC 8314), and LMTP for neighbours where a port is named
 * (RFC 2033).
 */
@Activation(messageListeners = SmtpListener.class)
public class SmtpActivationSpec extends SmtpExtensionProperties {
    private static final int LEAST_RECIPIENTS = 100;
    private static final int LEAST_LINE_OCTETS = 512;
    private static final int SMTP_PORT = 25;
    private static final String REFUSAL = "421 4.7.0 too many connections, try again later\r\n";

    private int mxPort = SMTP_PORT;
    private int submissionPort = 587;
    private int submissionsPort = 465;
    private int lineOctets = SmtpSettings.Limits.DEFAULTS.line();
    private int lmtpPort;
    private String lmtpBind = "127.0.0.1";
    private String lmtpNetworks = SmtpSettings.Trust.THIS_MACHINE;
    private int recipients = SmtpSettings.Limits.DEFAULTS.recipients();
    private int errors = SmtpSettings.Limits.DEFAULTS.errors();
    private int loginFailures = SmtpSettings.Limits.DEFAULTS.loginFailures();
    private long commandSeconds = SmtpSettings.Limits.DEFAULTS.commandTime().toSeconds();
    private long dataSeconds = SmtpSettings.Limits.DEFAULTS.dataTime().toSeconds();

    @Override
    public void validate() throws InvalidPropertyException {
        super.validate();
        require(
                lineOctets >= LEAST_LINE_OCTETS,
                "lineOctets (RFC 5321 §4.5.3.1.4: at least " + LEAST_LINE_OCTETS + ")");
        require(lmtpPort != SMTP_PORT, "lmtpPort (RFC 2033 §5: never " + SMTP_PORT + ")");
        require(!lmtpBind.isBlank(), "lmtpBind");
        requireNetworks(lmtpNetworks, "lmtpNetworks");
        require(
                recipients >= LEAST_RECIPIENTS && recipients <= ExtensionLimits.MOST,
                "recipients (RFC 5321 §4.5.3.1.8: at least " + LEAST_RECIPIENTS + "; RFC 9422: at most six digits)");
        require(errors > 0, "errors");
        require(loginFailures > 0, "loginFailures");
        require(commandSeconds > 0, "commandSeconds");
        require(dataSeconds > 0, "dataSeconds");
    }

    @Override
    protected Map<String, Integer> ports() {
        return Map.of(
                "mxPort", mxPort,
                "submissionPort", submissionPort,
                "submissionsPort", submissionsPort,
                "lmtpPort", lmtpPort);
    }

    @Override
    protected List<MailListener> listen(MessageEndpointFactory factory, Supplier<SSLContext> tls) throws IOException {
        MessageEndpoints<SmtpListener> endpoints = new MessageEndpoints<>(factory, SmtpListener.class);
        ConnectionLimits limits = connectionLimits();
        List<MailListener> listeners = new ArrayList<>();
        try {
            for (Service service : services()) {
                if (service.port() > 0) {
                    Conversation conversation = conversation(service.purpose(), endpoints);
                    listeners.add(MailListener.start(service.listener(), limits, tls, conversation));
                }
            }
            return listeners;
        } catch (IOException e) {
            listeners.forEach(MailListener::close);
            throw e;
        }
    }

    /**
     * @param port before the offset; 0 for none
     */
    private record Service(SmtpService purpose, int port, ListenerSettings listener) {}

    /** LMTP is never behind a proxy: its neighbours connect themselves. */
    private List<Service> services() {
        return List.of(
                new Service(SmtpService.MX, mxPort, listener("smtp", mxPort, false, REFUSAL)),
                new Service(
                        SmtpService.SUBMISSION, submissionPort, listener("submission", submissionPort, false, REFUSAL)),
                new Service(
                        SmtpService.SUBMISSION,
                        submissionsPort,
                        listener("submissions", submissionsPort, true, REFUSAL)),
                new Service(SmtpService.LMTP, lmtpPort, listener("lmtp", lmtpBind, lmtpPort, false, REFUSAL)));
    }

    private Conversation conversation(SmtpService service, MessageEndpoints<SmtpListener> endpoints)
            throws IOException {
        SmtpSettings settings = settings(service);
        return connection -> {
            Introduction introduction = Introduction.of(endpoints, settings.hostname());
            new SmtpSession(connection, endpoints, settings.with(introduction), InstantSource.system()).run();
        };
    }

    /** What sessions are told. */
    SmtpSettings settings(SmtpService service) throws IOException {
        return new SmtpSettings(
                service,
                getHostname(),
                spoolDirectory(),
                isAllowPlaintextLogin(),
                limits(),
                extensionLimits(),
                new SmtpSettings.Trust(Networks.parse(getXclientNetworks()), Networks.parse(lmtpNetworks)));
    }

    SmtpSettings.Limits limits() {
        return new SmtpSettings.Limits(
                getMessageSizeLimit(),
                lineOctets,
                recipients,
                errors,
                loginFailures,
                Duration.ofSeconds(commandSeconds),
                Duration.ofSeconds(dataSeconds));
    }

    public int getMxPort() {
        return mxPort;
    }

    public void setMxPort(int mxPort) {
        this.mxPort = mxPort;
    }

    public int getSubmissionPort() {
        return submissionPort;
    }

    public void setSubmissionPort(int submissionPort) {
        this.submissionPort = submissionPort;
    }

    public int getSubmissionsPort() {
        return submissionsPort;
    }

    public void setSubmissionsPort(int submissionsPort) {
        this.submissionsPort = submissionsPort;
    }

    public int getLineOctets() {
        return lineOctets;
    }

    public void setLineOctets(int lineOctets) {
        this.lineOctets = lineOctets;
    }

    public int getRecipients() {
        return recipients;
    }

    public void setRecipients(int recipients) {
        this.recipients = recipients;
    }

    public int getErrors() {
        return errors;
    }

    public void setErrors(int errors) {
        this.errors = errors;
    }

    public int getLoginFailures() {
        return loginFailures;
    }

    public void setLoginFailures(int loginFailures) {
        this.loginFailures = loginFailures;
    }

    public long getCommandSeconds() {
        return commandSeconds;
    }

    public void setCommandSeconds(long commandSeconds) {
        this.commandSeconds = commandSeconds;
    }

    public long getDataSeconds() {
        return dataSeconds;
    }

    public void setDataSeconds(long dataSeconds) {
        this.dataSeconds = dataSeconds;
    }

    /** The port of LMTP before the offset; 0 for none. */
    public int getLmtpPort() {
        return lmtpPort;
    }

    public void setLmtpPort(int lmtpPort) {
        this.lmtpPort = lmtpPort;
    }

    /** The address of LMTP, apart from all others. */
    public String getLmtpBind() {
        return lmtpBind;
    }

    public void setLmtpBind(String lmtpBind) {
        this.lmtpBind = lmtpBind;
    }

    /** Networks in CIDR form with commas between, whose hosts may use LMTP. */
    public String getLmtpNetworks() {
        return lmtpNetworks;
    }

    public void setLmtpNetworks(String lmtpNetworks) {
        this.lmtpNetworks = lmtpNetworks;
    }
}
