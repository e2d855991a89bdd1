// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** A running Wildpost on this machine; its accounts are made over REST and counted over IMAP. */
final class WildpostTarget implements Target {
    private static final String DOMAIN = "bench.test";
    private static final String PASSWORD = "bench-password-1";
    private static final Pattern MESSAGES = Pattern.compile("\\* STATUS .*MESSAGES (\\d+)");

    private final int offset;
    private final List<String> recipients = new ArrayList<>();
    private final SSLContext trusting = Trusting.context();

    /**
     * Makes the accounts that are not there.
     *
     * @param offset        the port offset of the instance
     * @param administrator name and password with a colon between
     */
    WildpostTarget(int offset, int accounts, String administrator) throws IOException {
        this.offset = offset;
        RestClient rest = new RestClient(offset, administrator);
        rest.make("domains", "{\"name\":\"" + DOMAIN + "\"}");
        for (int i = 0; i < accounts; i++) {
            String address = "user" + i + "@" + DOMAIN;
            rest.make(
                    "boxes",
                    "{\"name\":\"user " + i + "\",\"email\":\"" + address + "\",\"passwordPlaintext\":\"" + PASSWORD
                            + "\"}");
            recipients.add(address);
        }
    }

    @Override
    public String name() {
        return "wildpost";
    }

    @Override
    public int smtpPort() {
        return 25 + offset;
    }

    @Override
    public List<String> recipients() {
        return recipients;
    }

    @Override
    public long stored() throws IOException {
        long sum = 0;
        for (String recipient : recipients) {
            try (Socket socket =
                            trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), 993 + offset);
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
                OutputStream out = socket.getOutputStream();
                out.write(("a LOGIN " + recipient + " " + PASSWORD + "\r\nb STATUS INBOX (MESSAGES)\r\nc LOGOUT\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
                sum += messages(in, recipient);
            }
        }
        return sum;
    }

    private static long messages(BufferedReader in, String recipient) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Matcher matcher = MESSAGES.matcher(line);
            if (matcher.find()) {
                return Long.parseLong(matcher.group(1));
            }
        }
        throw new IOException("IMAP does not say how many messages " + recipient + " has");
    }

    @Override
    public void close() {}
}
