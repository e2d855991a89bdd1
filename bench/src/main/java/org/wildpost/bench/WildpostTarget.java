// SPDX-License-Identifier: Apache-2.0
package org.wildpost.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A running Wildpost on this machine; its accounts are made over REST and counted over IMAP. */
final class WildpostTarget implements Target {
    private static final String DOMAIN = "bench.test";
    private static final String PASSWORD = "bench-password-1";
    private static final Pattern MESSAGES = Pattern.compile("\\* STATUS .*MESSAGES (\\d+)");

    private final int offset;
    private final List<String> recipients = new ArrayList<>();
    private final SSLContext trusting = trusting();

    /**
     * Makes the accounts that are not there.
     *
     * @param offset        the port offset of the instance
     * @param administrator name and password with a colon between
     */
    WildpostTarget(int offset, int accounts, String administrator) throws IOException {
        this.offset = offset;
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting).build()) {
            post(client, administrator, "domains", "{\"name\":\"" + DOMAIN + "\"}");
            for (int i = 0; i < accounts; i++) {
                String address = "user" + i + "@" + DOMAIN;
                post(
                        client,
                        administrator,
                        "boxes",
                        "{\"name\":\"user " + i + "\",\"email\":\"" + address + "\",\"passwordPlaintext\":\"" + PASSWORD
                                + "\"}");
                recipients.add(address);
            }
        }
    }

    private void post(HttpClient client, String administrator, String resource, String body) throws IOException {
        String basic = Base64.getEncoder().encodeToString(administrator.getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + (8443 + offset) + "/admin/api/v1/" + resource))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            // A conflict: there from the run before.
            if (response.statusCode() != 201 && response.statusCode() != 409) {
                throw new IOException("the account cannot be made (" + response.statusCode() + "): " + response.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
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

    /** The certificate of a server under test is self-signed. */
    private static SSLContext trusting() {
        TrustManager everything = new X509ExtendedTrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {everything}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
