// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import jakarta.resource.spi.InvalidPropertyException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.wildpost.adapter.MailActivationSpec;
import org.wildpost.core.listener.smtp.MailOptions;

/** The properties of an activation that are about extensions of SMTP; a container wants them on one bean, a reader in two files. */
public abstract class SmtpExtensionProperties extends MailActivationSpec {
    /** Nine digits, as the grammars of RFC 2852 and RFC 4865 have them. */
    private static final long MOST_SECONDS = 999_999_999;

    private long futureReleaseSeconds = ExtensionLimits.DEFAULTS.holdLongest().toSeconds();
    private String futureReleaseLatest = ExtensionLimits.DEFAULTS.holdLast().toString();
    private long deliverByLeastSeconds =
            ExtensionLimits.DEFAULTS.deliverByLeast().toSeconds();
    private int mailsPerSession = ExtensionLimits.DEFAULTS.mails();
    private int recipientDomains = ExtensionLimits.DEFAULTS.recipientDomains();
    private int mxPriority = ExtensionLimits.DEFAULTS.mxPriority();
    private String xclientNetworks = "";

    @Override
    public void validate() throws InvalidPropertyException {
        super.validate();
        require(futureReleaseSeconds > 0 && futureReleaseSeconds <= MOST_SECONDS, "futureReleaseSeconds");
        require(isMoment(futureReleaseLatest), "futureReleaseLatest (such as 2030-12-31T23:59:59Z)");
        require(deliverByLeastSeconds > 0 && deliverByLeastSeconds <= MOST_SECONDS, "deliverByLeastSeconds");
        require(
                mailsPerSession > 0 && mailsPerSession <= ExtensionLimits.MOST,
                "mailsPerSession (RFC 9422: at most six digits)");
        require(
                recipientDomains >= 0 && recipientDomains <= ExtensionLimits.MOST,
                "recipientDomains (RFC 9422: at most six digits)");
        require(
                mxPriority >= MailOptions.LOWEST_PRIORITY && mxPriority <= MailOptions.HIGHEST_PRIORITY,
                "mxPriority (RFC 6710: -9 to 9)");
        requireNetworks(xclientNetworks, "xclientNetworks");
    }

    private static boolean isMoment(String text) {
        try {
            return text.endsWith("Z") && !Instant.parse(text).isAfter(ExtensionLimits.DEFAULTS.holdLast());
        } catch (DateTimeException e) {
            return false;
        }
    }

    final ExtensionLimits extensionLimits() {
        return new ExtensionLimits(
                Duration.ofSeconds(futureReleaseSeconds),
                Instant.parse(futureReleaseLatest),
                Duration.ofSeconds(deliverByLeastSeconds),
                mailsPerSession,
                recipientDomains,
                mxPriority);
    }

    /** How long a message may be held (RFC 4865). */
    public long getFutureReleaseSeconds() {
        return futureReleaseSeconds;
    }

    public void setFutureReleaseSeconds(long futureReleaseSeconds) {
        this.futureReleaseSeconds = futureReleaseSeconds;
    }

    /** The moment beyond which none is held (RFC 4865), in UTC. */
    public String getFutureReleaseLatest() {
        return futureReleaseLatest;
    }

    public void setFutureReleaseLatest(String futureReleaseLatest) {
        this.futureReleaseLatest = futureReleaseLatest;
    }

    /** The shortest time after which a message can be asked back (RFC 2852). */
    public long getDeliverByLeastSeconds() {
        return deliverByLeastSeconds;
    }

    public void setDeliverByLeastSeconds(long deliverByLeastSeconds) {
        this.deliverByLeastSeconds = deliverByLeastSeconds;
    }

    /** MAIL commands of one session (RFC 9422). */
    public int getMailsPerSession() {
        return mailsPerSession;
    }

    public void setMailsPerSession(int mailsPerSession) {
        this.mailsPerSession = mailsPerSession;
    }

    /** Different domains of recipients in one session (RFC 9422); 0 for any number. */
    public int getRecipientDomains() {
        return recipientDomains;
    }

    public void setRecipientDomains(int recipientDomains) {
        this.recipientDomains = recipientDomains;
    }

    /** The highest priority for clients of port 25 (RFC 6710). */
    public int getMxPriority() {
        return mxPriority;
    }

    public void setMxPriority(int mxPriority) {
        this.mxPriority = mxPriority;
    }

    /** Networks in CIDR form with commas between, whose hosts may say for whom they speak (XCLIENT). */
    public String getXclientNetworks() {
        return xclientNetworks;
    }

    public void setXclientNetworks(String xclientNetworks) {
        this.xclientNetworks = xclientNetworks;
    }
}
