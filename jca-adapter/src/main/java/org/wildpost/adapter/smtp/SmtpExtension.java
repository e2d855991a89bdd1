// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.wildpost.core.listener.smtp.SmtpService;
import org.wildpost.core.sasl.Sasl;

/** Every extension, on which service it is offered, and when; in the order of the answer to EHLO. */
enum SmtpExtension {
    /** RFC 2920. */
    PIPELINING("PIPELINING", Where.ALL, When.ALWAYS),
    /** RFC 1870. */
    SIZE("SIZE", Where.ALL, When.ALWAYS),
    /** RFC 6152. */
    EIGHT_BIT_MIME("8BITMIME", Where.ALL, When.ALWAYS),
    /** RFC 2034. */
    ENHANCEDSTATUSCODES("ENHANCEDSTATUSCODES", Where.ALL, When.ALWAYS),
    /** RFC 6531. */
    SMTPUTF8("SMTPUTF8", Where.ALL, When.ALWAYS),
    /** RFC 3030 §2. */
    CHUNKING("CHUNKING", Where.ALL, When.ALWAYS),
    /** RFC 3030 §3. */
    BINARYMIME("BINARYMIME", Where.ALL, When.ALWAYS),
    /** RFC 3461. */
    DSN("DSN", Where.ALL, When.ALWAYS),
    /** RFC 2852. */
    DELIVERBY("DELIVERBY", Where.ALL, When.ALWAYS),
    /** RFC 6710. */
    MT_PRIORITY("MT-PRIORITY", Where.ALL, When.ALWAYS),
    /** RFC 4865: of submission alone. */
    FUTURERELEASE("FUTURERELEASE", Where.SUBMISSION, When.ALWAYS),
    /** RFC 9422. */
    LIMITS("LIMITS", Where.ALL, When.ALWAYS),
    /** RFC 8689 §2: never in the clear. */
    REQUIRETLS("REQUIRETLS", Where.ALL, When.OVER_TLS),
    /** RFC 3207. */
    STARTTLS("STARTTLS", Where.ALL, When.IN_THE_CLEAR),
    /** RFC 4954. */
    AUTH("AUTH", Where.SUBMISSION, When.BEFORE_LOGIN),
    /** Postfix, XCLIENT_README. */
    XCLIENT("XCLIENT", Where.SMTP, When.TRUSTED);

    /** On which services. */
    private enum Where {
        ALL,
        /** Not LMTP. */
        SMTP,
        SUBMISSION
    }

    /** In which state of a session. */
    private enum When {
        ALWAYS,
        OVER_TLS,
        IN_THE_CLEAR,
        BEFORE_LOGIN,
        TRUSTED
    }

    private final String keyword;
    private final Where where;
    private final When when;

    SmtpExtension(String keyword, Where where, When when) {
        this.keyword = keyword;
        this.where = where;
        this.when = when;
    }

    /**
     * Where a session stands.
     *
     * @param secure   whether TLS is on
     * @param loggedIn whether somebody logged in
     * @param trusted  whether the client may speak for others
     */
    record Standing(SmtpSettings settings, boolean secure, boolean bindable, boolean loggedIn, boolean trusted) {}

    /** The lines of the answer to EHLO or LHLO. */
    static List<String> lines(Standing standing, Instant now) {
        return Arrays.stream(values())
                .filter(extension -> extension.isOffered(standing))
                .map(extension -> extension.line(standing, now))
                .toList();
    }

    /** Whether it is in the answer to EHLO. */
    boolean isOffered(Standing standing) {
        return isOn(standing.settings().service())
                && switch (when) {
                    case ALWAYS -> true;
                    case OVER_TLS -> standing.secure();
                    case IN_THE_CLEAR -> !standing.secure();
                    case BEFORE_LOGIN ->
                        !standing.loggedIn()
                                && (standing.secure() || standing.settings().allowPlaintextLogin());
                    case TRUSTED -> standing.trusted();
                };
    }

    /** Whether its parameters may be used: who logged in was offered AUTH before. */
    boolean isUsable(Standing standing) {
        return when == When.BEFORE_LOGIN ? isOn(standing.settings().service()) : isOffered(standing);
    }

    private boolean isOn(SmtpService service) {
        return switch (where) {
            case ALL -> true;
            case SMTP -> service != SmtpService.LMTP;
            case SUBMISSION -> service == SmtpService.SUBMISSION;
        };
    }

    private String line(Standing standing, Instant now) {
        SmtpSettings settings = standing.settings();
        return switch (this) {
            case SIZE -> keyword + " " + settings.limits().messageSize();
            case DELIVERBY ->
                keyword + " " + settings.extensions().deliverByLeast().toSeconds();
            case FUTURERELEASE ->
                keyword + " " + settings.extensions().holdLongest().toSeconds() + " "
                        + settings.extensions().holdLatest(now);
            case LIMITS -> keyword + " " + settings.extensions().limits(settings.limits());
            case AUTH ->
                keyword + " "
                        + String.join(
                                " ",
                                Sasl.mechanisms(
                                        standing.bindable(),
                                        standing.secure() && settings.tokens().isPresent()));
            case XCLIENT -> keyword + " " + XclientAttribute.OFFERED;
            case PIPELINING,
                    EIGHT_BIT_MIME,
                    ENHANCEDSTATUSCODES,
                    SMTPUTF8,
                    CHUNKING,
                    BINARYMIME,
                    DSN,
                    MT_PRIORITY,
                    REQUIRETLS,
                    STARTTLS -> keyword;
        };
    }
}
