// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;
import org.wildpost.core.message.Spool;
import org.wildpost.core.message.SpooledMessage;

/** Makes the message of a letter (RFC 5322, RFC 2045-2047, RFC 2231). Without state; safe for many threads. */
final class LetterComposer {
    /** Whether the blind recipients are written: into drafts and the sender's own copy, never into what goes out. */
    enum Blind {
        SHOWN,
        HIDDEN
    }

    private final Path spoolFolder;

    LetterComposer(Path spoolFolder) {
        this.spoolFolder = spoolFolder;
    }

    /** A new Message-ID of the author's domain. */
    static String newMessageId(Letter letter) {
        return "<" + UUID.randomUUID() + "@" + letter.from().address().domain().ascii() + ">";
    }

    /** The message; the caller closes it. */
    SpooledMessage compose(Letter letter, String messageId, Instant date, Blind blind) throws IOException {
        try (Spool spool = new Spool(spoolFolder, Spool.DEFAULT_MEMORY_THRESHOLD)) {
            message(letter, messageId, date, blind).writeTo(spool);
            return spool.finish();
        } catch (MessagingException e) {
            throw new IOException("the message could not be composed", e);
        }
    }

    private static MimeMessage message(Letter letter, String messageId, Instant date, Blind blind)
            throws IOException, MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.mime.charset", "UTF-8");
        properties.setProperty("mail.mime.allowutf8", String.valueOf(letter.international()));
        MimeMessage message = new Outgoing(Session.getInstance(properties), messageId);
        message.setFrom(address(letter.from()));
        message.setRecipients(Message.RecipientType.TO, addresses(letter.to()));
        message.setRecipients(Message.RecipientType.CC, addresses(letter.cc()));
        if (blind == Blind.SHOWN) {
            message.setRecipients(Message.RecipientType.BCC, addresses(letter.bcc()));
        }
        message.setSubject(oneLine(letter.subject()), "UTF-8");
        message.setSentDate(Date.from(date));
        if (!letter.references().isEmpty()) {
            List<String> references = letter.references();
            message.setHeader("In-Reply-To", references.getLast());
            message.setHeader("References", String.join("\r\n ", references));
        }
        if (letter.enclosures().isEmpty()) {
            message.setText(lines(letter.text()), "UTF-8");
        } else {
            message.setContent(mixed(letter));
        }
        message.saveChanges();
        return message;
    }

    private static MimeMultipart mixed(Letter letter) throws MessagingException {
        MimeMultipart mixed = new MimeMultipart("mixed");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(lines(letter.text()), "UTF-8");
        mixed.addBodyPart(text);
        for (Enclosure enclosure : letter.enclosures()) {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(new EnclosedFile(enclosure)));
            part.setFileName(oneLine(enclosure.fileName()));
            part.setDisposition(Part.ATTACHMENT);
            // Always base64: a file keeps its octets, whatever its line ends.
            part.setHeader("Content-Transfer-Encoding", "base64");
            mixed.addBodyPart(part);
        }
        return mixed;
    }

    private static Address[] addresses(List<Correspondent> people) throws IOException {
        Address[] addresses = new Address[people.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = address(people.get(i));
        }
        return addresses;
    }

    private static InternetAddress address(Correspondent person) throws IOException {
        InternetAddress address = new InternetAddress();
        address.setAddress(person.address().toString());
        if (!person.name().isEmpty()) {
            address.setPersonal(oneLine(person.name()), "UTF-8");
        }
        return address;
    }

    /** Nothing that somebody typed may begin a header field of its own. */
    private static String oneLine(String typed) {
        return typed.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    private static String lines(String typed) {
        return typed.replaceAll("\r\n|\r|\n", "\r\n");
    }

    private static final class Outgoing extends MimeMessage {
        private final String messageId;

        Outgoing(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }

    private record EnclosedFile(Enclosure enclosure) implements DataSource {
        @Override
        public InputStream getInputStream() throws IOException {
            return Files.newInputStream(enclosure.file());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            throw new IOException("an enclosure is only read");
        }

        /** Composite types may not be encoded (RFC 2045 §6.4), so such a file travels as plain octets. */
        @Override
        public String getContentType() {
            String type = enclosure.mediaType().toLowerCase(Locale.ROOT);
            boolean safe = type.matches("[a-z0-9.+-]+/[a-z0-9.+-]+")
                    && !type.startsWith("multipart/")
                    && !type.startsWith("message/");
            return safe ? type : "application/octet-stream";
        }

        @Override
        public String getName() {
            return enclosure.fileName();
        }
    }
}
