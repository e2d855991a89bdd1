// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wildpost.adapter.net.LineClient;
import org.wildpost.adapter.net.LoopbackListener;
import org.wildpost.core.listener.smtp.SmtpService;

/** SCRAM-SHA-256 and SCRAM-SHA-256-PLUS in AUTH (RFC 7677 §3, RFC 4954 §4), the client's half written from the RFCs. */
@Timeout(60)
class SmtpScramTest {
    private static final String PLUS = "SCRAM-SHA-256-PLUS";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"alice@demo.test, wildpost, 235", "alice@demo.test, wrong, 535", "nobody@demo.test, wildpost, 535"})
    void letsInWhoKnowsThePasswordAlone(String name, String password, int code)
            throws IOException, GeneralSecurityException {
        try (LoopbackListener listener = listener();
                LineClient client = listener.client().startTls()) {
            client.readReply();
            client.ask("EHLO c");
            String answer = login(client, "SCRAM-SHA-256", name, password, "n,,", new byte[0]);
            assertThat(answer).startsWith(code + " ");
            assertThat(client.ask("MAIL FROM:<alice@demo.test>")).startsWith(code == 235 ? "250 " : "530 ");
        }
    }

    /** RFC 5929 §4 and RFC 9266 §2, computed from the client's end of the connection. */
    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, tls-exporter",
        "TLSv1.2, tls-exporter",
        "TLSv1.3, tls-server-end-point",
        "TLSv1.2, tls-server-end-point"
    })
    void bindsALoginToItsConnection(String protocol, String type) throws IOException, GeneralSecurityException {
        try (LoopbackListener listener = listener();
                LineClient client = listener.client().startTls(protocol)) {
            client.readReply();
            client.write("EHLO c\r\n");
            assertThat(client.readReply())
                    .anyMatch(line -> line.endsWith("AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN LOGIN"));
            byte[] binding = binding(client.session(), type);
            byte[] other = binding.clone();
            other[0] ^= 1;

            assertThat(login(client, PLUS, "alice@demo.test", "wildpost", "p=" + type + ",,", other))
                    .as("somebody in the middle has another connection")
                    .startsWith("501 ");
            assertThat(login(client, PLUS, "alice@demo.test", "wrong", "p=" + type + ",,", binding))
                    .startsWith("535 ");
            assertThat(login(client, PLUS, "alice@demo.test", "wildpost", "p=" + type + ",,", binding))
                    .startsWith("235 ");
        }
    }

    /** RFC 5802 §6. */
    @ParameterizedTest
    @CsvSource({
        "SCRAM-SHA-256-PLUS, 'n,,'",
        "SCRAM-SHA-256-PLUS, 'y,,'",
        "SCRAM-SHA-256-PLUS, 'p=tls-unique,,'",
        "SCRAM-SHA-256, 'p=tls-exporter,,'",
        "SCRAM-SHA-256, 'y,,'"
    })
    void refusesABindingThatIsNotWhatWasOffered(String mechanism, String gs2) throws IOException {
        try (LoopbackListener listener = listener();
                LineClient client = listener.client().startTls()) {
            client.readReply();
            client.ask("EHLO c");
            assertThat(client.ask("AUTH " + mechanism + " " + encoded(gs2 + "n=alice@demo.test,r=client")))
                    .startsWith("501 ");
        }
    }

    private LoopbackListener listener() throws IOException {
        SmtpSettings settings =
                new SmtpSettings(SmtpService.SUBMISSION, "mx.demo.test", folder, false, SmtpSettings.Limits.DEFAULTS);
        DemoSmtp server = new DemoSmtp();
        return LoopbackListener.implicitTls(
                connection -> new SmtpSession(connection, server, settings, InstantSource.system()).run());
    }

    private static byte[] binding(SSLSession session, String type) throws IOException, GeneralSecurityException {
        return type.equals("tls-exporter")
                ? ((ExtendedSSLSession) session).exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32)
                : MessageDigest.getInstance("SHA-256").digest(session.getPeerCertificates()[0].getEncoded());
    }

    /** The reply to the whole exchange. */
    private static String login(
            LineClient client, String mechanism, String name, String password, String gs2, byte[] binding)
            throws IOException, GeneralSecurityException {
        String bare = "n=" + name + ",r=client";
        String first = decoded(client.ask("AUTH " + mechanism + " " + encoded(gs2 + bare)));
        String[] parts = first.split(",");
        byte[] header = gs2.getBytes(StandardCharsets.US_ASCII);
        byte[] bound = Arrays.copyOf(header, header.length + binding.length);
        System.arraycopy(binding, 0, bound, header.length, binding.length);
        String withoutProof = "c=" + Base64.getEncoder().encodeToString(bound) + "," + parts[0];
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(
                        password.toCharArray(),
                        Base64.getDecoder().decode(parts[1].substring(2)),
                        Integer.parseInt(parts[2].substring(2)),
                        256))
                .getEncoded();
        byte[] clientKey = hmac(salted, "Client Key");
        String said = bare + "," + first + "," + withoutProof;
        byte[] proof = hmac(MessageDigest.getInstance("SHA-256").digest(clientKey), said);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        String answer =
                client.ask(encoded(withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof)));
        if (!answer.startsWith("334 ")) {
            return answer;
        }
        assertThat(decoded(answer))
                .isEqualTo("v=" + Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), said)));
        return client.ask("");
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String reply) {
        assertThat(reply).startsWith("334 ");
        return new String(Base64.getDecoder().decode(reply.substring(4)), StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
