// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.submission;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.id.AccountId;
import org.wildpost.core.listener.imap.MailboxName;
import org.wildpost.core.message.Flags;
import org.wildpost.core.message.SpooledMessage;
import org.wildpost.core.mime.MimeIndexer;
import org.wildpost.ejb.mailbox.MessageAppender;
import org.wildpost.ejb.settings.ServerName;

/** Tells the administrators, in their INBOX and language, that an account was frozen for sending. Safe for all threads. */
@ApplicationScoped
public class FreezeNotices {
    private static final Logger LOG = System.getLogger(FreezeNotices.class.getName());

    /** Administrators that are told. */
    private static final int MAX_TOLD = 50;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    @PersistenceContext(unitName = "wildpost")
    EntityManager entityManager;

    @Inject
    MessageAppender appender;

    @Inject
    ServerName name;

    /** Who is told. */
    record Administrator(AccountId account, EmailAddress address, Locale locale) {}

    /** Tells all administrators; that one cannot be told is no reason not to freeze. */
    void frozen(EmailAddress frozen, Instant now) {
        LOG.log(Level.WARNING, () -> "Sending is frozen for " + frozen);
        for (Administrator administrator : administrators()) {
            try (SpooledMessage message = SpooledMessage.of(compose(administrator, frozen, now))) {
                appender.append(
                        message,
                        MimeIndexer.index(message),
                        List.of(new MessageAppender.Target(
                                administrator.account(), MailboxName.INBOX, new byte[0], Flags.NONE, now)));
            } catch (IOException | RuntimeException e) {
                LOG.log(
                        Level.ERROR,
                        () -> administrator.address() + " could not be told that sending is frozen for " + frozen,
                        e);
            }
        }
    }

    List<Administrator> administrators() {
        @SuppressWarnings("unchecked") // a native query has no typed form in JPA 3.1
        List<Object[]> rows = entityManager
                .createNativeQuery(
                        "select a.id, a.address, a.language from account a join domain d on d.id = a.domain_id"
                                + " where a.super_admin and not a.disabled and not d.disabled order by a.id",
                        Object[].class)
                .setMaxResults(MAX_TOLD)
                .getResultList();
        return rows.stream()
                .map(row -> new Administrator(
                        new AccountId(((Number) row[0]).longValue()),
                        EmailAddress.parse((String) row[1]),
                        locale((String) row[2])))
                .toList();
    }

    private static Locale locale(@Nullable String language) {
        return Optional.ofNullable(language).map(Locale::forLanguageTag).orElse(Locale.ENGLISH);
    }

    private byte[] compose(Administrator administrator, EmailAddress frozen, Instant now) {
        ResourceBundle words = ResourceBundle.getBundle(
                "org.wildpost.ejb.submission.notices",
                administrator.locale(),
                FreezeNotices.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        String subject = MessageFormat.format(words.getString("frozen.subject"), frozen);
        String text =
                MessageFormat.format(words.getString("frozen.text"), frozen).replace("\n", "\r\n");
        String header = "From: Wildpost <postmaster@" + name.get() + ">\r\n"
                + "To: <" + administrator.address() + ">\r\n"
                + "Subject: =?UTF-8?B?" + base64(subject) + "?=\r\n"
                + "Date: " + DATE.format(now.atOffset(ZoneOffset.UTC)) + "\r\n"
                + "Message-ID: <" + UUID.randomUUID() + "@" + name.get() + ">\r\n"
                + "Auto-Submitted: auto-generated\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=UTF-8\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n";
        String body = Base64.getMimeEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return (header + body + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
