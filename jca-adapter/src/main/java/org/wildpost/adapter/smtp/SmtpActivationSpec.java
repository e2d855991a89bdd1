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
import org.wildpost.adapter.MailActivationSpec;
import org.wildpost.adapter.net.ConnectionLimits;
import org.wildpost.adapter.net.Conversation;
import org.wildpost.adapter.net.Endpoints;
import org.wildpost.adapter.net.MailListener;
import org.wildpost.adapter.net.MessageEndpoints;
import org.wildpost.core.listener.smtp.SmtpListener;
import org.wildpost.core.listener.smtp.SmtpService;

/** The activation of SMTP: port 25 for other servers, 587 and 465 for owners (RFC 5321, RFC 6409, RFC 8314). */
@Activation(messageListeners = SmtpListener.class)
public class SmtpActivationSpec extends MailActivationSpec {
    private static final int LEAST_RECIPIENTS = 100;
    private static final String REFUSAL = "421 4.7.0 too many connections, try again later\r\n";

    private int mxPort = 25;
    private int submissionPort = 587;
    private int submissionsPort = 465;
    private int recipients = SmtpSettings.Limits.DEFAULTS.recipients();
    private int errors = SmtpSettings.Limits.DEFAULTS.errors();
    private int loginFailures = SmtpSettings.Limits.DEFAULTS.loginFailures();
    private long commandSeconds = SmtpSettings.Limits.DEFAULTS.commandTime().toSeconds();
    private long dataSeconds = SmtpSettings.Limits.DEFAULTS.dataTime().toSeconds();

    @Override
    public void validate() throws InvalidPropertyException {
        super.validate();
        require(recipients >= LEAST_RECIPIENTS, "recipients (RFC 5321 §4.5.3.1.8: at least " + LEAST_RECIPIENTS + ")");
        require(errors > 0, "errors");
        require(loginFailures > 0, "loginFailures");
        require(commandSeconds > 0, "commandSeconds");
        require(dataSeconds > 0, "dataSeconds");
    }

    @Override
    protected Map<String, Integer> ports() {
        return Map.of("mxPort", mxPort, "submissionPort", submissionPort, "submissionsPort", submissionsPort);
    }

    @Override
    protected List<MailListener> listen(MessageEndpointFactory factory, Supplier<SSLContext> tls) throws IOException {
        MessageEndpoints<SmtpListener> endpoints = new MessageEndpoints<>(factory, SmtpListener.class);
        ConnectionLimits limits = connectionLimits();
        Conversation mx = conversation(SmtpService.MX, endpoints);
        Conversation submission = conversation(SmtpService.SUBMISSION, endpoints);
        List<MailListener> listeners = new ArrayList<>();
        try {
            if (mxPort > 0) {
                listeners.add(MailListener.start(listener("smtp", mxPort, false, REFUSAL), limits, tls, mx));
            }
            if (submissionPort > 0) {
                listeners.add(MailListener.start(
                        listener("submission", submissionPort, false, REFUSAL), limits, tls, submission));
            }
            if (submissionsPort > 0) {
                listeners.add(MailListener.start(
                        listener("submissions", submissionsPort, true, REFUSAL), limits, tls, submission));
            }
            return listeners;
        } catch (IOException e) {
            listeners.forEach(MailListener::close);
            throw e;
        }
    }

    private Conversation conversation(SmtpService service, MessageEndpoints<SmtpListener> endpoints)
            throws IOException {
        SmtpSettings settings =
                new SmtpSettings(service, getHostname(), spoolDirectory(), isAllowPlaintextLogin(), limits());
        return connection -> {
            String name = Endpoints.hostname(endpoints, settings.hostname());
            new SmtpSession(connection, endpoints, settings.withHostname(name), InstantSource.system()).run();
        };
    }

    SmtpSettings.Limits limits() {
        return new SmtpSettings.Limits(
                getMessageSizeLimit(),
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
}
