// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.webmail;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.address.AddressException;
import org.wildpost.core.address.EmailAddress;
import org.wildpost.core.mime.EncodedWords;
import org.wildpost.core.mime.Mailbox;

/**
 * Somebody whom a letter names: an address and, when known, a display name (RFC 5322 §3.4 name-addr).
 *
 * @param name    for people, may be empty
 * @param address where mail goes
 */
public record Correspondent(String name, EmailAddress address) {
    /**
     * Reads a list as people type it: parted by commas, semicolons or line ends, each {@code a@b} or {@code Name <a@b>}.
     *
     * @throws NotAnAddress for the first entry that is none
     */
    public static List<Correspondent> parseList(String typed) {
        List<Correspondent> found = new ArrayList<>();
        for (String entry : entries(typed)) {
            if (!entry.isBlank()) {
                found.add(read(entry.strip()));
            }
        }
        return List.copyOf(found);
    }

    /** The people of a header field that have an address; groups' names and broken entries are passed over. */
    public static List<Correspondent> of(List<Mailbox> mailboxes) {
        List<Correspondent> found = new ArrayList<>();
        for (Mailbox mailbox : mailboxes) {
            EmailAddress address = address(mailbox);
            if (address != null) {
                String name = mailbox.name();
                found.add(new Correspondent(
                        name == null ? "" : EncodedWords.decode(name).strip(), address));
            }
        }
        return List.copyOf(found);
    }

    /** The list as people type and read it. */
    public static String format(List<Correspondent> people) {
        return people.stream().map(Correspondent::toString).collect(Collectors.joining(", "));
    }

    /** The name, or the address where there is none. */
    public String shown() {
        return name.isEmpty() ? address.toString() : name;
    }

    @Override
    public String toString() {
        if (name.isEmpty()) {
            return address.toString();
        }
        boolean quote = name.chars().anyMatch(c -> "()<>[]:;@\\,.\"，；".indexOf(c) >= 0);
        String shown = quote ? '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : name;
        return shown + " <" + address + ">";
    }

    private static Correspondent read(String entry) {
        try {
            return parse(entry);
        } catch (AddressException e) {
            throw new NotAnAddress(entry, e);
        }
    }

    private static Correspondent parse(String entry) {
        int open = entry.lastIndexOf('<');
        if (open < 0 || !entry.endsWith(">")) {
            return new Correspondent("", EmailAddress.parse(entry));
        }
        EmailAddress address =
                EmailAddress.parse(entry.substring(open + 1, entry.length() - 1).strip());
        return new Correspondent(unquote(entry.substring(0, open).strip()), address);
    }

    private static String unquote(String name) {
        if (name.length() < 2 || !name.startsWith("\"") || !name.endsWith("\"")) {
            return name;
        }
        return name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    private static List<String> entries(String typed) {
        List<String> entries = new ArrayList<>();
        StringBuilder entry = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if (c == '\\' && quoted && i + 1 < typed.length()) {
                entry.append(c).append(typed.charAt(++i));
            } else if (!quoted && ",;\n\r，；".indexOf(c) >= 0) {
                entries.add(entry.toString());
                entry.setLength(0);
            } else {
                quoted ^= c == '"';
                entry.append(c);
            }
        }
        entries.add(entry.toString());
        return entries;
    }

    private static @Nullable EmailAddress address(Mailbox mailbox) {
        String local = mailbox.mailbox();
        String host = mailbox.host();
        if (local == null || host == null || host.isEmpty()) {
            return null;
        }
        try {
            return EmailAddress.parse(local + "@" + host);
        } catch (AddressException e) {
            return null;
        }
    }
}
